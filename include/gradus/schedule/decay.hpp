// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Lowers the rate by the same factor every step, beginning with the second.
///
///     u <- u factor^(t - 1)
///
/// Slots   none; the power is kept in the run's clock, so that a factor changed during a run applies from then on.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless factor is finite and at least 0.
/// Source  `lr_decay` of the Python package `gradient-ascent`; `torch.optim.lr_scheduler.ExponentialLR`.
struct Decay {
  double factor = 1;

  static constexpr auto limits = Limits{Limit{"factor", &Decay::factor, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr Name factor_name = "factor^(t - 1)";

  constexpr std::array<double, 1> bases() const { return {factor}; }
  constexpr double rate_at(const Step& step) const { return step.before[0]; }
};

}  // namespace gradus
