// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/number.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace gradus {

namespace detail {

// The root of a positive normal double, digit by digit, rounded to nearest: sqrt is not a constant expression in
// every compiler, and here it must give the bits that the machine gives.
constexpr double digit_square_root(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1075;
  std::uint64_t mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52);
  if (exponent % 2 != 0) mantissa *= 2, exponent -= 1;

  // 54 bits of the root of mantissa * 2^54: one more than a double holds, to round by.
  std::uint64_t root = 0, rest = 0;
  for (int digit = 53; digit >= 0; --digit) {
    const int at = 2 * digit - 54;  // the next two digits of mantissa * 2^54; below 0 they are zeros
    rest = rest * 4 + (at >= 0 ? (mantissa >> at) & 3 : 0);
    const std::uint64_t trial = root * 4 + 1;
    root *= 2;
    if (rest >= trial) rest -= trial, root += 1;
  }
  const std::uint64_t rounded = (root >> 1) + (root & 1);  // a root is never exactly halfway
  const double unscaled = static_cast<double>(rounded);
  return unscaled * std::bit_cast<double>(static_cast<std::uint64_t>(exponent / 2 - 26 + 1023) << 52);
}

}  // namespace detail

/// The square root of a custom number, by its own function.
template <CustomNumber N>
constexpr N square_root(const N& x) {
  return sqrt(x);
}

/// The correctly rounded square root, in constant expressions too.
template <class T>
  requires(!CustomNumber<T>)
GRADUS_DEVICE constexpr T square_root(T x) {
#ifndef __CUDA_ARCH__
  if (std::is_constant_evaluated()) {
    if (x == T(0) || x != x || x > std::numeric_limits<T>::max()) return x;
    if (x < T(0)) return std::numeric_limits<T>::quiet_NaN();
    double wide = static_cast<double>(x), unscale = 1;
    if (wide < std::numeric_limits<double>::min()) wide *= 0x1p200, unscale = 0x1p-100;
    // float: the double root rounded again is the correctly rounded float root (53 >= 2 * 24 + 2).
    return static_cast<T>(detail::digit_square_root(wide) * unscale);
  }
#endif
  return std::sqrt(x);
}

}  // namespace gradus
