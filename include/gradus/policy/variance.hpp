// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the square of the gradient's deviation from its mean, for a divisor behind it.
///
///     s <- beta s + (1 - beta) g^2
///     m <- beta m + (1 - beta) g
///     square <- max(s - m^2, 0)
///
/// Slots   second, `initial` at first, and mean, 0 at first.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes two slots.
/// Errors  `Refused` unless beta lies in [0, 1) and initial is finite and at least 0.
/// Source  Graves (2013); `centered` in the RMSProp of PyTorch and optax, which have no max(., 0): where s - m^2 rounds
///         below 0, as it may for a constant gradient, they give NaN.
struct Variance {
  double beta = 0.99;  ///< share of the moments that a step keeps, in [0, 1)
  double initial = 0;  ///< where s starts

  static constexpr auto limits =
      Limits{Limit{"beta", &Variance::beta, Range::unit}, Limit{"initial", &Variance::initial, Range::not_negative}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"second"}, {"mean"}};
  static constexpr Name scalars[]{"beta", "1 - beta"};

  constexpr std::array<double, 2> first() const { return {initial, 0}; }
  constexpr std::array<double, 2> at(const Step&) const { return {beta, 1 - beta}; }

  static constexpr void apply(Record& r, Lane& second, Lane& mean, Lane beta, Lane gain) {
    second = beta * second + gain * r.gradient * r.gradient;
    mean = beta * mean + gain * r.gradient;
    r.square = max(second - mean * mean, 0.0);
  }
};

}  // namespace gradus
