// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace gradus {

/// What gradus knows of a number type that C++ does not have. Specialise it to step numbers of your own type, such as
/// dual numbers or numbers with more digits:
///
///     static double value(const N&);        its value without what it carries besides; or float
///     static constexpr bool real = true;     it carries nothing besides, so norms and sums may be taken of the values
///     static N unit();                       for dual numbers: value 0 and derivative 1; see `differentiated`
///
/// It owns no memory, and copying its bytes copies it. A `double` converts to it by `static_cast`. It has what the
/// policies in use need of + - * /, < <= ==, and of the functions sqrt, abs, cbrt, exp and log, which are found by
/// argument-dependent lookup. Steps go element by element and round as the type does.
template <class N>
struct number_traits;

template <class N>
concept CustomNumber = requires(const N& x) {
  { number_traits<N>::value(x) } -> std::floating_point;
};

/// It carries something besides its value, which norms and sums in double would lose.
template <class N>
concept CarryingNumber = CustomNumber<N> && !requires { requires number_traits<N>::real; };

template <class N>
concept DualNumber = CustomNumber<N> && requires {
  { number_traits<N>::unit() } -> std::same_as<N>;
};

/// It owns no memory, and its sqrt is its own: that of a double, to which it converts, would lose digits.
template <class N>
concept SteppedNumber = CustomNumber<N> && std::is_trivially_destructible_v<N> && !requires(const N& x) {
  { sqrt(x) } -> std::floating_point;
};

/// A number's value as a type of C++'s own.
template <class T>
GRADUS_DEVICE constexpr auto value_of_number(const T& x) {
  if constexpr (CustomNumber<T>) return number_traits<T>::value(x);
  else return x;
}

/// The type of that.
template <class T>
struct number_value {
  using type = T;
};
template <CustomNumber N>
struct number_value<N> {
  using type = decltype(value_of_number(std::declval<const N&>()));
};
template <class T>
using number_value_t = typename number_value<T>::type;

}  // namespace gradus
