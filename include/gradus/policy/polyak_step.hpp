// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// The step that would reach the best value if the objective were linear along its gradient.
///
///     u <- u min(largest_rate, max(best - f, 0) / (N^2 + epsilon))       N over all leaves; N = 0: u <- 0
///
/// Downhill it uses f - best. f is the objective's value at the parameters, given to the step as `Value`.
///
/// Slots   none; the rate is the run's.
/// Order   behind what changes the gradient; a factor behind it scales its rate, one in front does not compile.
/// Cost    a read-only pass, shared with all policies that look at the incoming gradient.
/// Errors  `Refused` unless largest_rate is above 0 and epsilon is finite and at least 0. A step without a value
///         does not compile.
/// Source  Polyak (1987); Loizou et al. (2021); `optax.polyak_sgd` with variant "sps+".
struct PolyakStep {
  double best = 0;  ///< the best value that can be reached, or a bound on it
  double largest_rate = 1;
  double epsilon = 0;

  static constexpr auto limits = Limits{Limit{"largest_rate", &PolyakStep::largest_rate, Range::above_zero},
                                        Limit{"epsilon", &PolyakStep::epsilon, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool asks_value = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_run = true;
  static constexpr Name kept[]{"rate <- min(largest_rate, max(best - f, 0) / (N^2 + epsilon))"};
  static constexpr Name scalars[]{"rate"};

  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step& step, const Norm& norm) const {
    const double n = norm.value(), gap = step.uphill(best) - step.uphill(step.value);
    if (!(n > 0) || !(gap > 0)) return {0};
    const double rate = gap / (n + epsilon / n) / n;
    return {rate < largest_rate ? rate : largest_rate};
  }
  constexpr std::array<double, 1> at(const Step& step, const Norm&) const { return {step.now[0]}; }
  constexpr double counted_rate(const Step& step) const { return step.now[0]; }

  static constexpr void apply(Record& r, Lane rate) { r.update = r.update * rate; }
};

}  // namespace gradus
