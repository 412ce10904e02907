// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

#include <cstdint>
#include <limits>

namespace gradus {

/// Lowers the rate when the objective's value has stopped improving.
///
///     f is the mean of average_over values; it is better if f > b + rtol abs(b) + atol, b the best so far
///     after patience means in a row that are not better:   scale <- max(factor scale, smallest)
///     the next cooldown means are not counted;   u <- scale u
///
/// Downhill, better is f < b - rtol abs(b) - atol. The values are given to the steps as `Value`.
///
/// Slots   none; scale, best, bad means, cooldown and the growing mean are the run's.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless factor and rtol lie in [0, 1), patience and average_over are at least 1, and the others are
///         finite and at least 0. A step without a value does not compile.
/// Source  `optax.contrib.reduce_on_plateau`; `torch.optim.lr_scheduler.ReduceLROnPlateau`, whose patience is one less.
struct Plateau {
  double factor = 0.1;
  std::int64_t patience = 10;
  double rtol = 1e-4;
  double atol = 0;
  std::int64_t cooldown = 0;
  std::int64_t average_over = 1;  ///< steps
  double smallest = 0;            ///< scale

  static constexpr auto limits = Limits{Limit{"factor", &Plateau::factor, Range::unit},
                                        Limit{"patience", &Plateau::patience, Range::from_one},
                                        Limit{"rtol", &Plateau::rtol, Range::unit},
                                        Limit{"atol", &Plateau::atol, Range::not_negative},
                                        Limit{"cooldown", &Plateau::cooldown, Range::not_negative},
                                        Limit{"average_over", &Plateau::average_over, Range::from_one},
                                        Limit{"smallest", &Plateau::smallest, Range::closed_unit}};
  static constexpr bool once = true;
  static constexpr bool asks_value = true;
  static constexpr Name factor_name = "scale";
  static constexpr Name kept[]{"scale", "best", "bad means", "cooldown", "values", "mean"};

  constexpr std::array<double, 6> start() const { return {1, std::numeric_limits<double>::lowest(), 0, 0, 0, 0}; }

  constexpr std::array<double, 6> next(const Step& step) const {
    const double *was = step.before, values = was[4] + 1;
    const double mean = was[5] + (step.uphill(step.value) - was[5]) / values;
    if (values < static_cast<double>(average_over)) return {was[0], was[1], was[2], was[3], values, mean};

    const bool better = mean > was[1] + opaque(rtol * (was[1] < 0 ? -was[1] : was[1])) + atol;
    const double best = better ? mean : was[1];
    if (was[3] > 0) return {was[0], best, 0, was[3] - 1, 0, 0};
    const double bad = better ? 0 : was[2] + 1;
    if (bad < static_cast<double>(patience)) return {was[0], best, bad, 0, 0, 0};
    const double lower = was[0] * factor;
    return {lower > smallest ? lower : smallest, best, 0, static_cast<double>(cooldown), 0, 0};
  }

  constexpr double rate_at(const Step& step) const { return step.now[0]; }
};

}  // namespace gradus
