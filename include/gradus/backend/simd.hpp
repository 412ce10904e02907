// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/serial.hpp>

#include <xsimd/xsimd.hpp>

namespace gradus::backend {

/// The operations of a graph on SIMD batches.
template <class Batch>
struct BatchOps {
  static Batch constant(double x) { return Batch(static_cast<typename Batch::value_type>(x)); }
  static Batch add(const Batch& x, const Batch& y) { return x + y; }
  static Batch sub(const Batch& x, const Batch& y) { return x - y; }
  static Batch mul(const Batch& x, const Batch& y) { return x * y; }
  static Batch lone_mul(const Batch& x, const Batch& y) { return Batch(opaque((x * y).data)); }
  static Batch div(const Batch& x, const Batch& y) { return x / y; }
  static Batch neg(const Batch& x) { return x ^ Batch(typename Batch::value_type(-0.0)); }
  static Batch abs(const Batch& x) { return xsimd::abs(x); }
  static Batch sqrt(const Batch& x) { return xsimd::sqrt(x); }
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
};

/// SIMD over contiguous memory, as wide as the compiler's flags allow; the tail in narrower batches, then one by one.
/// All of them round alike, so an element's bits do not depend on where it stands.
struct Simd : Serial {
  static constexpr const char* name = "simd";

  template <class Chain, bool Negate, class T, class Stored>
  static void run(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar,
                  std::size_t first = 0) {
    first = run_batches<Chain, Negate, xsimd::batch<T>>(at, size, scalar, first);
    if constexpr (xsimd::batch<T>::size > narrow<T>::size)
      first = run_batches<Chain, Negate, narrow<T>>(at, size, scalar, first);
    Serial::run<Chain, Negate>(at, size, scalar, first);
  }

  template <class Term, class T>
  static void add_rows(const T* x, std::size_t rows, double* lane) {
    using Batch = xsimd::batch<double>;
    constexpr std::size_t width = Batch::size, count = norm_lanes / width;
    Batch sum[count];
    for (std::size_t k = 0; k < count; ++k) sum[k] = Batch::load_unaligned(lane + k * width);
    for (; rows != 0; --rows, x += norm_lanes)
      for (std::size_t k = 0; k < count; ++k)
        sum[k] += Batch(opaque(Term::of(widen<Batch>(x + k * width)).data));
    for (std::size_t k = 0; k < count; ++k) sum[k].store_unaligned(lane + k * width);
  }

 private:
  template <class T>
  using narrow = xsimd::make_sized_batch_t<T, 16 / sizeof(T)>;

  template <class Chain, bool Negate, class Batch, class T, class Stored>
  static std::size_t run_batches(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar,
                                 std::size_t first) {
    if (size - first < Batch::size) return first;
    Batch constant[Chain::scalar_count + 1];
    for (std::size_t k = 0; k < Chain::scalar_count; ++k) constant[k] = Batch(scalar[k]);
    for (; first + Batch::size <= size; first += Batch::size) {
      Batch stream[2 + Chain::slot_count], done[Chain::graph.size];
      if constexpr (Chain::reads_parameter) stream[0] = Batch::load_unaligned(at.parameter + first);
      stream[1] = Batch::load_unaligned(at.gradient + first);
      if constexpr (Negate) stream[1] = BatchOps<Batch>::neg(stream[1]);
      for (std::size_t s = 0; s < Chain::slot_count; ++s) stream[2 + s] = Batch::load_unaligned(at.slot[s] + first);
      evaluate<Chain, BatchOps<Batch>>(done, stream, constant);
      if constexpr (Chain::parameter >= 0) done[Chain::parameter].store_unaligned(at.parameter + first);
      for (std::size_t s = 0; s < Chain::slot_count; ++s)
        if (Chain::slot.of[s] >= 0) done[Chain::slot.of[s]].store_unaligned(at.slot[s] + first);
      if constexpr (Chain::measured >= 0) done[Chain::measured].store_unaligned(at.out + first);
    }
    return first;
  }

  template <class Batch>
  static Batch widen(const double* x) {
    return Batch::load_unaligned(x);
  }
  template <class Batch>
  static Batch widen(const float* x) {
#if defined(__AVX512F__)
    return Batch(_mm512_cvtps_pd(_mm256_loadu_ps(x)));
#elif defined(__AVX__)
    return Batch(_mm256_cvtps_pd(_mm_loadu_ps(x)));
#else
    double wide[Batch::size];
    for (std::size_t i = 0; i < Batch::size; ++i) wide[i] = static_cast<double>(x[i]);
    return Batch::load_unaligned(wide);
#endif
  }
};

}  // namespace gradus::backend
