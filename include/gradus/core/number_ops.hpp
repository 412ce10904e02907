// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/elementary.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/float_parts.hpp>
#include <gradus/core/opaque.hpp>
#include <gradus/core/square_root.hpp>

#include <cmath>
#include <cstddef>

namespace gradus::detail {

/// The operations of a graph on plain numbers.
template <class T>
struct NumberOps {
  using Number = T;
  using Value = T;
  static constexpr std::size_t width = 1;
  template <class Stored>
  static constexpr T load(const Stored* from) {
    return static_cast<T>(*from);
  }
  template <class Stored>
  static constexpr void store(T x, Stored* to) {
    *to = static_cast<Stored>(x);
  }
  static constexpr T all(T x) { return x; }

  using Parts = FloatParts<T>;
  static constexpr bool foreign = detail::foreign<T>;  // its library's functions do what those here cannot
  GRADUS_DEVICE static constexpr T constant(double x) { return static_cast<T>(x); }
  GRADUS_DEVICE static constexpr T add(T x, T y) { return x + y; }
  GRADUS_DEVICE static constexpr T sub(T x, T y) { return x - y; }
  GRADUS_DEVICE static constexpr T mul(T x, T y) { return x * y; }
  GRADUS_DEVICE static constexpr T lone_mul(T x, T y) { return lone_product(x, y); }
  GRADUS_DEVICE static constexpr T div(T x, T y) { return x / y; }
  GRADUS_DEVICE static constexpr T min(T x, T y) { return y < x ? y : x; }
  GRADUS_DEVICE static constexpr T max(T x, T y) { return x < y ? y : x; }
  GRADUS_DEVICE static constexpr T neg(T x) { return -x; }
  GRADUS_DEVICE static constexpr T abs(T x) {
    using std::abs;
    if constexpr (foreign) return abs(x);
    else return __builtin_bit_cast(T, magnitude_bits(x));
  }
  GRADUS_DEVICE static constexpr T sqrt(T x) { return square_root(x); }
  GRADUS_DEVICE static constexpr T cbrt(T x) {
    using std::cbrt;
    if constexpr (foreign) return cbrt(x);
    else return cube_root<NumberOps>(x);
  }
  GRADUS_DEVICE static constexpr T exp(T x) {
    using std::exp;
    if constexpr (foreign) return exp(x);
    else return exponential<NumberOps>(x);
  }
  GRADUS_DEVICE static constexpr T log(T x) {
    using std::log;
    if constexpr (foreign) return log(x);
    else return logarithm<NumberOps>(x);
  }
  GRADUS_DEVICE static constexpr T exponent(T x) { return Parts::exponent(x); }
  GRADUS_DEVICE static constexpr T fraction(T x) { return Parts::fraction(x); }
  GRADUS_DEVICE static constexpr T power_of_two(T x) { return Parts::power_of_two(x); }
  GRADUS_DEVICE static constexpr T rough_power(T x, T power, T at_one) { return Parts::rough_power(x, power, at_one); }
  GRADUS_DEVICE static constexpr T nearest(T x) { return Parts::nearest(x); }
  GRADUS_DEVICE static constexpr T fma(T x, T y, T z) {
    if constexpr (CustomNumber<T>) return x * y + z;
    else return std::fma(x, y, z);
  }
  GRADUS_DEVICE static constexpr T choose_less(T x, T y, T yes, T no) { return x < y ? yes : no; }
  GRADUS_DEVICE static constexpr T choose_less_equal(T x, T y, T yes, T no) { return x <= y ? yes : no; }
  GRADUS_DEVICE static constexpr T choose_equal(T x, T y, T yes, T no) { return x == y ? yes : no; }
};

}  // namespace gradus::detail
