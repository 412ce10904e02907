// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Begins at 1 and settles at a share: what an average gives the newest of what it has seen.
///
///     u <- u (1 - beta) / (1 - beta^t)
///
/// Slots   none; the power is kept in the run's clock.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless beta lies in [0, 1).
/// Source  Zheng and Kwok (2017), FTML.
struct Settling {
  double beta = 0.6;

  static constexpr auto limits = Limits{Limit{"beta", &Settling::beta, Range::unit}};
  static constexpr bool once = true;
  static constexpr Name factor_name = "(1 - beta) / (1 - beta^t)";

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr double rate_at(const Step& step) const { return (1 - beta) / (1 - step.now[0]); }
};

}  // namespace gradus
