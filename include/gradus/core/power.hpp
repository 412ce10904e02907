// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number_ops.hpp>

#include <cmath>
#include <type_traits>

namespace gradus {

/// base^exponent for a base above 0, or for 0 and an exponent of at least 0. In constant expressions, for which only
/// g++ has a function, by a logarithm: the last bits may differ.
constexpr double to_power(double base, double exponent) {
  using Ops = detail::NumberOps<double>;
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
