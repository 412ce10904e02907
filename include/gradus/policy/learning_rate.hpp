// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Scales the update.
///
///     u <- rate u
///
/// Slots   none.
/// Order   usually behind momentum and divisors; in front of a `Momentum` the velocity holds steps.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless rate is finite and at least 0.
/// Source  `lr` of PyTorch's optimizers; `optax.scale_by_learning_rate`.
struct LearningRate {
  double rate = 0.01;

  static constexpr auto limits = Limits{Limit{"rate", &LearningRate::rate, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool timeless = true;
  static constexpr Name factor_name = "rate";

  constexpr double rate_at(const Step&) const { return rate; }
};

}  // namespace gradus
