// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the gradient's square by the sum of all squares so far, for a divisor behind it: rare features keep long
/// steps.
///
///     s <- s + g^2
///     square <- s
///
/// Slots   sum, `initial` at first.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless initial is finite and at least 0.
/// Source  Duchi, Hazan and Singer (2011), AdaGrad. PyTorch starts the sum at 0, optax at 0.1.
struct SumOfSquares {
  double initial = 0;  ///< where the sum starts

  static constexpr auto limits = Limits{Limit{"initial", &SumOfSquares::initial, Range::not_negative}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"sum"}};

  constexpr std::array<double, 1> first() const { return {initial}; }

  static constexpr void apply(Record& r, Lane& sum) { r.square = sum = sum + r.gradient * r.gradient; }
};

}  // namespace gradus
