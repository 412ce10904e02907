// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number_ops.hpp>

#include <cmath>
#include <type_traits>

namespace gradus {

/// base^exponent of a base above 0, or of 0 and an exponent from 0 up. In a constant expression, which no compiler but
/// g++ has a function for, by a logarithm: its last bits may be others.
constexpr double to_power(double base, double exponent) {
  using Ops = NumberOps<double>;
  if (!std::is_constant_evaluated()) return std::pow(base, exponent);
  return exponent == 0 ? 1 : base == 0 ? 0 : Ops::exp(exponent * Ops::log(base));
}

/// The next running power base^t, given base^(t-1). A power that left the normal numbers is 0: denormals would cost a
/// step ten times what they could change.
constexpr double next_power(double power, double base) {
  const double next = power * base;
  constexpr double smallest = 2.2250738585072014e-308;
  return next > smallest || next < -smallest ? next : 0;
}

}  // namespace gradus
