// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the gradient's square by the average before this step, so that the divisor behind it does not depend on
/// the gradient it divides. The first step only sets the average.
///
///     square <- s
///     u <- 0, s <- g^2 in the leaf's first step; then s <- beta s + (1 - beta) g^2
///
/// Slots   second, 0 at first.
/// Order   in front of `DivideByLargerRoot` or another divisor, and in front of the momentum; without a divisor it does
///         not compile.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless beta lies in [0, 1).
/// Source  Taniguchi et al. (2024), ADOPT.
struct PreviousMeanSquare {
  double beta = 0.9999;  ///< share of the second moment that a step keeps, in [0, 1)

  static constexpr auto limits = Limits{Limit{"beta", &PreviousMeanSquare::beta, Range::unit}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta, 0 at t = 1", "1 - beta, 1 at t = 1", "0 at t = 1, then 1"};

  // Declared so that a leaf's clock is saved with its state.
  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 3> at(const Step& step) const {
    if (step.leaf == 1) return {0, 1, 0};
    return {beta, 1 - beta, 1};
  }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane known) {
    r.square = second;
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = select(known > 0, r.update, 0);
  }
};

}  // namespace gradus
