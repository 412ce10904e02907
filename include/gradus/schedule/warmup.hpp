// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <cstdint>

namespace gradus {

/// Raises the rate linearly over the first steps.
///
///     u <- u min(1, t / steps)        0 steps: u <- u
///
/// Slots   none.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless steps is at least 0.
/// Source  Goyal et al. (2017); `warmup_steps` of the Python package `gradient-ascent`;
///         `torch.optim.lr_scheduler.LinearLR` with `start_factor` 1 / steps and `total_iters` steps - 1.
struct Warmup {
  std::int64_t steps = 0;

  static constexpr auto limits = Limits{Limit{"steps", &Warmup::steps, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr Name factor_name = "min(1, t / steps)";

  constexpr double rate_at(const Step& step) const {
    return step.count >= steps ? 1 : static_cast<double>(step.count) / static_cast<double>(steps);
  }
};

}  // namespace gradus
