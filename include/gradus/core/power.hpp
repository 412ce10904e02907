// SPDX-License-Identifier: MIT
#pragma once

namespace gradus {

/// The next running power base^t, given base^(t-1). A power that left the normal numbers is 0: denormals would cost a
/// step ten times what they could change.
constexpr double next_power(double power, double base) {
  const double next = power * base;
  constexpr double smallest = 2.2250738585072014e-308;
  return next > smallest || next < -smallest ? next : 0;
}

}  // namespace gradus
