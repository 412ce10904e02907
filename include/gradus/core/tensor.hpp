// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>
#include <vector>

namespace gradus {

/// In which order the elements of a tensor are counted.
enum class Order : unsigned char { row_major, column_major };

/// What gradus knows of a tensor. Specialise it for a type of your own:
///
///     using value_type = double;                                        float, double, long double, complex,
///                                                                       or what number_traits knows
///     static auto shape(const X&);                                      a range of extents
///     static value_type* data(X&, Order);                               first element if all lie in one block in that
///                                                                       order, else nullptr
/// and, where `data` may give nullptr (`count` elements from number `first` on):
///     static void read(const X&, Order, std::size_t first, std::size_t count, value_type* out);
///     static void write(X&, Order, std::size_t first, std::size_t count, const value_type* in);
/// which must not throw; and, optionally:
///     template <class F> static void corners(X&, F f);                  if not one block: f(address) of the first
///                                                                       element, then of the last along each axis
///     template <class F> static void visit(const X&, F f);              beside corners: f(element) for each element
///     static Order order(const X&);                                     its own order; default row_major
///     static constexpr bool view = true;                                a const X may still be written through
///     static constexpr bool read_only = true;                           it may not be written at all
///     static constexpr bool vector_is_matrix = true;                    extents n, n x 1 and 1 x n are the same
///     static constexpr bool owns = false;                               a copy shares its elements; default for a view
///     static void touch(X&);                                            called after each step that has written it
///     static auto gradient(const X&);                                   the gradient that it keeps, or an empty
///                                                                       optional, for steps to which none is given
///
/// A lazy expression has `value_type`, `shape`, a template `read` into any floating type, and
///     static bool elementwise(const X&, Order, const void* begin, const void* end);
/// which says whether element i reads nothing in [begin, end) except element i of that very block; and, if a part of it
/// costs as much as the whole, `static constexpr bool whole = true`.
template <class X>
struct tensor_traits;

template <class X>
using traits_of = tensor_traits<std::remove_cvref_t<X>>;

/// Anything that a trait shows as numbers in memory, or as an expression that yields them.
template <class X>
concept Tensor = requires(const std::remove_cvref_t<X>& x) {
  typename traits_of<X>::value_type;
  traits_of<X>::shape(x);
};

template <class X>
using element_t = typename traits_of<X>::value_type;

/// A complex number: in memory its real part, then its imaginary part.
template <class E>
concept ComplexNumber = requires(const E& x) {
  requires std::floating_point<typename E::value_type>;
  { x.real() } -> std::convertible_to<typename E::value_type>;
  { x.imag() } -> std::convertible_to<typename E::value_type>;
} && sizeof(E) == 2 * sizeof(typename E::value_type);

/// The type of a complex number's parts, as which it is stepped; any other type itself.
template <class E>
struct real_part {
  using type = E;
};
template <ComplexNumber E>
struct real_part<E> {
  using type = typename E::value_type;
};

/// The arithmetic type of what is stored as an E; a type of less than 32 bits names another.
template <class E>
struct arithmetic : real_part<E> {};
template <class E>
using arithmetic_t = typename arithmetic<E>::type;

/// How many reals an E is.
template <class E>
inline constexpr std::size_t reals_of = 1 + ComplexNumber<E>;

/// Elements in memory as reals.
template <class E>
auto* as_reals(E* elements) {
  using Real = arithmetic_t<std::remove_const_t<E>>;
  if constexpr (ComplexNumber<std::remove_const_t<E>>)
    return reinterpret_cast<std::conditional_t<std::is_const_v<E>, const Real, Real>*>(elements);
  else return elements;
}

template <class X>
concept LazyTensor = Tensor<X> && requires { &traits_of<X>::elementwise; };

/// A gradient of some rows only: `rows`, `values`, and the `width` of a row.
template <class X>
concept RowTensor = Tensor<X> && requires(const std::remove_cvref_t<X>& x) { traits_of<X>::touched(x); };

/// A tensor that is told when a step has written it.
template <class X>
concept HasTouch = Tensor<X> && requires(std::remove_cvref_t<X>& x) { traits_of<X>::touch(x); };

/// A tensor of a library that calls a matrix of one row or column a vector.
template <class X>
concept VectorIsMatrix = requires { requires traits_of<X>::vector_is_matrix; };

/// A tensor whose elements can be assigned.
template <class X>
concept WritableTensor = Tensor<X> && !LazyTensor<X> && requires(std::remove_cvref_t<X>& x) {
  { traits_of<X>::data(x, Order::row_major) } -> std::same_as<element_t<X>*>;
};

/// Whether X, with the constness given, may not be written.
template <class X>
constexpr bool read_only() {
  constexpr bool view = requires { requires traits_of<X>::view; };
  return requires { requires traits_of<X>::read_only; } || (!view && std::is_const_v<std::remove_reference_t<X>>);
}

/// Whether a copy of it has elements of its own.
template <class X>
constexpr bool owns() {
  if constexpr (requires { traits_of<X>::owns; }) return traits_of<X>::owns;
  else return !requires { requires traits_of<X>::view; };
}

/// Whether it should be read as a whole, not in parts.
template <class X>
constexpr bool read_as_a_whole() {
  return requires { requires traits_of<X>::whole; };
}

template <class X>
Order order_of(const X& x) {
  if constexpr (requires { tensor_traits<X>::order(x); }) return tensor_traits<X>::order(x);
  else return Order::row_major;
}

template <class X>
std::size_t size_of(const X& x) {
  std::size_t size = 1;
  for (const auto extent : tensor_traits<X>::shape(x)) size *= static_cast<std::size_t>(extent);
  return size;
}

template <class X>
std::vector<std::size_t> extents_of(const X& x) {
  std::vector<std::size_t> all;
  for (const auto extent : tensor_traits<X>::shape(x)) all.push_back(static_cast<std::size_t>(extent));
  return all;
}

/// Elements [first, first + count) of any tensor, in the order asked for, as numbers of type T.
template <class X, class T>
void read_elements(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
  using Traits = tensor_traits<X>;
  using Own = element_t<X>;
  const auto convert = [&](const Own* from, std::size_t size) {
    std::transform(from, from + size, out, [](const Own& value) { return static_cast<T>(value); });
  };
  if constexpr (requires { Traits::read(x, order, first, count, out); }) {
    Traits::read(x, order, first, count, out);
  } else if constexpr (requires(Own* own) { Traits::read(x, order, first, count, own); }) {
    Own buffer[256];
    for (std::size_t size; count != 0; first += size, out += size, count -= size) {
      size = std::min(count, std::size(buffer));
      Traits::read(x, order, first, size, buffer);
      convert(buffer, size);
    }
  } else {
    convert(Traits::data(const_cast<X&>(x), order) + first, count);
  }
}

/// Reals [first, first + count) of any tensor, a complex element having two, as numbers of type T.
template <class X, class T>
void read_reals(const X& x, Order order, std::size_t first, std::size_t count, T* out) {
  using E = element_t<X>;
  if constexpr (!ComplexNumber<E>) {
    gradus::read_elements(x, order, first, count, out);
  } else {
    E some[128];
    for (std::size_t size; count != 0; first += 2 * size, count -= 2 * size) {
      size = std::min(count / 2, std::size(some));
      gradus::read_elements(x, order, first / 2, size, some);
      for (const E& element : std::span(some, size))
        *out++ = static_cast<T>(element.real()), *out++ = static_cast<T>(element.imag());
    }
  }
}

/// Assigns elements [first, first + count).
template <class X, class T>
void write_elements(X& x, Order order, std::size_t first, std::size_t count, const T* in) {
  using Traits = tensor_traits<std::remove_const_t<X>>;
  if constexpr (requires { Traits::write(x, order, first, count, in); }) Traits::write(x, order, first, count, in);
  else std::copy_n(in, count, Traits::data(const_cast<std::remove_const_t<X>&>(x), order) + first);
}

}  // namespace gradus
