// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/lanes.hpp>
#include <gradus/backend/serial.hpp>
#include <gradus/backend/xsimd.hpp>
#include <gradus/core/repeat.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace gradus::backend::inline GRADUS_FLAGS {

using namespace detail;

/// The shape of a batch's register, for `FloatParts`.
template <class Batch>
struct RegisterShape {
  using Value = decltype(Batch::data);
  typedef BitsOf<typename Batch::value_type> Bits __attribute__((vector_size(sizeof(Value))));
};

/// The operations of a graph on SIMD batches.
template <class Batch>
struct BatchOps {
  using Number = typename Batch::value_type;
  using Parts = FloatParts<Number, RegisterShape<Batch>>;

  static Batch all(Number x) { return Batch(x); }
  static Batch flip(const Batch& x, const Batch& sign) { return x ^ sign; }
  static Batch constant(double x) { return Batch(static_cast<typename Batch::value_type>(x)); }
  static Batch add(const Batch& x, const Batch& y) { return x + y; }
  static Batch sub(const Batch& x, const Batch& y) { return x - y; }
  static Batch mul(const Batch& x, const Batch& y) { return x * y; }
  static Batch lone_mul(const Batch& x, const Batch& y) { return Batch(opaque((x * y).data)); }
#if defined(__aarch64__)  // where xsimd 8 only estimates quotients and roots of floats
  static Batch div(const Batch& x, const Batch& y) { return Batch(x.data / y.data); }
  static Batch sqrt(const Batch& x) {
    if constexpr (sizeof(Number) == 4) return Batch(vsqrtq_f32(x.data));
    else return Batch(vsqrtq_f64(x.data));
  }
#else
  static Batch div(const Batch& x, const Batch& y) { return x / y; }
  static Batch sqrt(const Batch& x) { return xsimd::sqrt(x); }
#endif
#if defined(__SSE2__)
  // One instruction, which gives its second operand if either is NaN or both are equal.
  static Batch min(const Batch& x, const Batch& y) { return xsimd::min(y, x); }
  static Batch max(const Batch& x, const Batch& y) { return xsimd::max(y, x); }
#else
  static Batch min(const Batch& x, const Batch& y) { return xsimd::select(y < x, y, x); }
  static Batch max(const Batch& x, const Batch& y) { return xsimd::select(x < y, y, x); }
#endif
  static Batch neg(const Batch& x) { return x ^ Batch(typename Batch::value_type(-0.0)); }
  static Batch abs(const Batch& x) { return xsimd::abs(x); }
#ifdef __CUDACC__  // nvcc compiles no device function for registers; the bits are the same
  static Batch cbrt(const Batch& x) { return each(x, &NumberOps<Number>::cbrt); }
  static Batch exp(const Batch& x) { return each(x, &NumberOps<Number>::exp); }
  static Batch log(const Batch& x) { return each(x, &NumberOps<Number>::log); }
#else
  static Batch cbrt(const Batch& x) { return cube_root<BatchOps>(x); }
  static Batch exp(const Batch& x) { return exponential<BatchOps>(x); }
  static Batch log(const Batch& x) { return logarithm<BatchOps>(x); }
#endif
  /// Re(x conj y) of complex numbers with adjacent parts, in the places of both parts.
  static Batch inner(const Batch& x, const Batch& y) {
    const Batch product = lone_mul(x, y);
    return product + swapped(product, std::make_index_sequence<Batch::size>{});
  }
  static Batch exponent(const Batch& x) { return Batch(Parts::exponent(x.data)); }
  static Batch fraction(const Batch& x) { return Batch(Parts::fraction(x.data)); }
  static Batch power_of_two(const Batch& x) { return Batch(Parts::power_of_two(x.data)); }
  static Batch rough_power(const Batch& x, Number power, Number at_one) {
    return Batch(Parts::rough_power(x.data, power, at_one));
  }
  static Batch nearest(const Batch& x) { return Batch(Parts::nearest(x.data)); }
  static Batch choose_less(const Batch& x, const Batch& y, const Batch& yes, const Batch& no) {
    return xsimd::select(x < y, yes, no);
  }
  static Batch choose_less_equal(const Batch& x, const Batch& y, const Batch& yes, const Batch& no) {
    return xsimd::select(x <= y, yes, no);
  }
  static Batch choose_equal(const Batch& x, const Batch& y, const Batch& yes, const Batch& no) {
    return xsimd::select(x == y, yes, no);
  }
  // Element by element: where the target has no such instruction, xsimd rounds twice.
  static Batch fma(const Batch& x, const Batch& y, const Batch& z) {
    typename Batch::value_type a[Batch::size], b[Batch::size], c[Batch::size];
    x.store_unaligned(a), y.store_unaligned(b), z.store_unaligned(c);
    for (std::size_t i = 0; i < Batch::size; ++i) a[i] = std::fma(a[i], b[i], c[i]);
    return Batch::load_unaligned(a);
  }
  // Swaps neighbouring numbers.
  template <std::size_t... I>
  static Batch swapped(const Batch& x, std::index_sequence<I...>) {
#ifdef __CUDACC__
    Number in[Batch::size];
    x.store_unaligned(in);
    const Number out[]{in[I ^ 1]...};
    return Batch::load_unaligned(out);
#else
    return Batch(__builtin_shufflevector(x.data, x.data, (I ^ 1)...));
#endif
  }
  static Batch each(const Batch& x, Number (*f)(Number)) {
    Number all[Batch::size];
    x.store_unaligned(all);
    for (Number& one : all) one = f(one);
    return Batch::load_unaligned(all);
  }
};

/// Loads `Width` elements into a batch, and stores them.
template <class T, std::size_t Width>
struct WholeMemory {
  using Batch = xsimd::make_sized_batch_t<T, Width>;
  static Batch load(const T* from) { return Batch::load_unaligned(from); }
  static void store(const Batch& batch, T* to) { batch.store_unaligned(to); }
};

/// Fewer elements than the narrowest register holds: repeated to fill it, so that no lane holds an arbitrary number.
template <class T, class Bits>
struct NarrowMemory {
  using Batch = xsimd::make_sized_batch_t<T, 16 / sizeof(T)>;
  static Batch load(const T* from) {
    Bits bits;
    std::memcpy(&bits, from, sizeof bits);
    if constexpr (std::same_as<T, Bits>) return Batch(bits);
    else  // xsimd's own cast is spelled differently from version to version
      return Batch(
          std::bit_cast<typename Batch::register_type>(xsimd::make_sized_batch_t<Bits, 16 / sizeof(Bits)>(bits).data));
  }
  static void store(const Batch& batch, T* to) { std::memcpy(to, &batch.data, sizeof(Bits)); }
};
template <class T>
struct WholeMemory<T, 1> : NarrowMemory<T, T> {};
template <>
struct WholeMemory<float, 2> : NarrowMemory<float, double> {};

/// The same for numbers stored in another type.
template <class T, std::size_t Width, class Stored>
struct StoredMemory {
  using Memory = WholeMemory<T, Width>;
  static auto load(const Stored* from) {
    T wide[Width];
    for (std::size_t i = 0; i < Width; ++i) wide[i] = static_cast<T>(from[i]);
    return Memory::load(wide);
  }
  static void store(const typename Memory::Batch& batch, Stored* to) {
    T wide[Width];
    Memory::store(batch, wide);
    for (std::size_t i = 0; i < Width; ++i) to[i] = static_cast<Stored>(wide[i]);
  }
};
template <class T, std::size_t Width>
struct StoredMemory<T, Width, T> : WholeMemory<T, Width> {};

/// Both in one.
template <class T, std::size_t Width>
struct BatchMemory : WholeMemory<T, Width> {
  static constexpr std::size_t width = Width;
  template <class Stored>
  using of = StoredMemory<T, Width, Stored>;
};

#include <gradus/backend/largest.inc>
#include <gradus/backend/loop.inc>

/// SIMD over contiguous memory by xsimd, as wide as the compiler's flags allow; the tail in ever narrower batches. All
/// of them round alike, so an element's bits do not depend on where it stands.
struct Flags : Serial {
  template <class Chain, class T, class Stored>
  static void run(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar, bool down = false,
                  std::size_t first = 0) {
    if constexpr (in_registers<T>) run_from<Chain, xsimd::batch<T>::size>(at, size, scalar, down, first);
    else Serial::run<Chain>(at, size, scalar, down, first);
  }

  template <class Term, class T>
  static void set_lanes(const T* x, std::size_t size, double* lane) {
    if constexpr (in_registers<T>) Lanes().template add<Term>(x, size).store(lane);
    else Serial::set_lanes<Term>(x, size, lane);
  }
  template <class Term, class T>
  static void add_lanes(const T* x, std::size_t size, double* lane) {
    if constexpr (in_registers<T>) Lanes(lane).template add<Term>(x, size).store(lane);
    else Serial::add_lanes<Term>(x, size, lane);
  }
  template <class Term, class T>
  static double sum_of_block(const T* x, std::size_t size) {
    if constexpr (in_registers<T>) return Lanes().template add<Term>(x, size).total();
    else return Serial::sum_of_block<Term>(x, size);
  }
  static double total_of_lanes(const double* lane) { return Lanes(lane).total(); }

  template <class T>
  static BitsOf<T> largest(const T* x, std::size_t size) {
    if constexpr (in_registers<T>) return largest_by<xsimd::batch<T>::size * sizeof(T)>(x, size);
    else return Serial::largest(x, size);
  }

 protected:
  // Not a `long double`: it is stepped one by one.
  template <class T>
  static constexpr bool in_registers = !detail::foreign<T>;

 private:
  // `Width` elements at a time, then half as many, ...
  template <class Chain, std::size_t Width, class T, class Stored>
  static void run_from(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar, bool down,
                       std::size_t first) {
    constexpr bool many = Width == xsimd::batch<T>::size;
    if (size - first >= Width) first = run_batches<Chain, BatchMemory<T, Width>, many>(at, size, scalar, down, first);
    if constexpr (Width > (in_pairs<Chain> ? 2 : 1)) run_from<Chain, Width / 2>(at, size, scalar, down, first);
  }
};

}  // namespace gradus::backend::inline GRADUS_FLAGS
