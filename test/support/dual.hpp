// SPDX-License-Identifier: MIT
#pragma once

// A dual number as a user may write one: a value, and its derivative by some variable.

#include <gradus/core/number.hpp>

#include <cmath>

struct Dual {
  double value = 0, derivative = 0;

  constexpr Dual() = default;
  constexpr explicit(false) Dual(double x, double by = 0) : value(x), derivative(by) {}

  friend constexpr Dual operator+(Dual x, Dual y) { return {x.value + y.value, x.derivative + y.derivative}; }
  friend constexpr Dual operator-(Dual x, Dual y) { return {x.value - y.value, x.derivative - y.derivative}; }
  friend constexpr Dual operator-(Dual x) { return {-x.value, -x.derivative}; }
  friend constexpr Dual operator*(Dual x, Dual y) {
    return {x.value * y.value, x.derivative * y.value + x.value * y.derivative};
  }
  friend constexpr Dual operator/(Dual x, Dual y) {
    const double quotient = x.value / y.value;
    return {quotient, (x.derivative - quotient * y.derivative) / y.value};
  }
  friend constexpr bool operator<(Dual x, Dual y) { return x.value < y.value; }
  friend constexpr bool operator<=(Dual x, Dual y) { return x.value <= y.value; }
  friend constexpr bool operator==(Dual x, Dual y) { return x.value == y.value; }

  friend Dual abs(Dual x) { return x.value < 0 ? -x : x; }
  friend Dual sqrt(Dual x) {
    const double root = std::sqrt(x.value);
    return {root, x.derivative / (2 * root)};
  }
  friend Dual sin(Dual x) { return {std::sin(x.value), x.derivative * std::cos(x.value)}; }
};

template <>
struct gradus::number_traits<Dual> {
  static constexpr double value(Dual x) { return x.value; }
  static constexpr Dual unit() { return {0, 1}; }
};
