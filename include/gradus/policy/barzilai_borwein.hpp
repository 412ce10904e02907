// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// A rate that fits the curvature along the last step: a quasi-Newton step with one number for the whole inverse
/// Hessian.
///
///     s = p - p',  y = u - u'       from the step before, over all leaves
///     rate = s.s / abs(s.y), or abs(s.y) / y.y for short steps;   u <- rate u
///
/// Where the sums yield none (one is 0, or overflows), the rate stays. The first rate is given.
///
/// Slots   position and gradient of the step before; the rate is the run's.
/// Order   behind what changes the gradient; a factor behind it scales its rate, one in front does not compile. For
///         exact gradients: a noisy y gives a noisy rate.
/// Cost    one read-only pass over gradient, parameter and both slots before the one that writes.
/// Errors  `Refused` unless first_rate is finite and above 0 and largest_rate above 0, and where a leaf has no
///         gradient.
/// Source  Barzilai and Borwein (1988).
struct BarzilaiBorwein {
  double first_rate = 1e-3;
  double largest_rate = std::numeric_limits<double>::infinity();
  bool short_steps = false;

  static constexpr auto limits = Limits{Limit{"first_rate", &BarzilaiBorwein::first_rate, Range::positive},
                                        Limit{"largest_rate", &BarzilaiBorwein::largest_rate, Range::above_zero}};
  static constexpr bool once = true;
  static constexpr bool every_leaf = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_run = true;
  static constexpr Slot slots[]{{.name = "position", .from_parameter = true}, {"gradient"}};
  static constexpr Name sums[]{"s^2", "s y", "y^2"};
  static constexpr Name kept[]{"rate <- short_steps ? abs(total(s y)) / total(y^2) : total(s^2) / abs(total(s y))"};
  static constexpr Name scalars[]{"rate"};

  constexpr std::array<double, 1> start() const { return {first_rate}; }
  constexpr std::array<double, 1> next(const Step& step, const Sums& sum) const {
    if (step.count == 1) return {limited(first_rate)};
    const double along = sum[1] < 0 ? -sum[1] : sum[1], over = short_steps ? along : sum[0];
    const double under = short_steps ? sum[2] : along;
    const double rate = over / under;
    return {rate > 0 && is_finite(rate) ? limited(rate) : step.before[0]};
  }
  constexpr std::array<double, 1> at(const Step& step, const Sums&) const { return {step.now[0]}; }
  constexpr double counted_rate(const Step& step) const { return step.now[0]; }

  static constexpr std::array<Term, 3> terms(const Record& r, Lane position, Lane gradient) {
    const Lane gone = r.parameter - position, change = r.update - gradient;
    return {{{gone, gone}, {gone, change}, {change, change}}};
  }
  static constexpr void apply(Record& r, Lane& position, Lane& gradient, Lane rate) {
    position = r.parameter, gradient = r.update;
    r.update = rate * r.update;
  }

 private:
  constexpr double limited(double rate) const { return rate < largest_rate ? rate : largest_rate; }
};

}  // namespace gradus
