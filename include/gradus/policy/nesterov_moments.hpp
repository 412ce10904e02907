// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Nesterov's momentum without a gradient taken ahead, from averages of the gradient and of its change; and an estimate
/// of the square of both together, for a divisor behind it.
///
///     d = g - h, 0 in the leaf's first step        h: the gradient of the step before
///     m <- beta1 m + (1 - beta1) g
///     v <- beta2 v + (1 - beta2) d
///     s <- beta3 s + (1 - beta3) (g + ahead d)^2
///     u <- m / (1 - beta1^t) + ahead v / (1 - beta2^t)
///     square <- s / (1 - beta3^t)
///
/// Slots   mean, change, second and previous, 0 at first. t counts the leaf's steps.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes four slots.
/// Errors  `Refused` unless all betas lie in [0, 1) and ahead is finite and at least 0.
/// Source  Xie et al. (2022), Adan, in the notation of its authors' code, where a beta is the share kept and ahead is
///         beta2. optax has ahead = 1 - beta2.
struct NesterovMoments {
  double beta1 = 0.98;
  double beta2 = 0.92;
  double beta3 = 0.99;
  double ahead = 0.92;  ///< share of the gradient's change by which the step looks ahead

  static constexpr auto limits =
      Limits{Limit{"beta1", &NesterovMoments::beta1, Range::unit}, Limit{"beta2", &NesterovMoments::beta2, Range::unit},
             Limit{"beta3", &NesterovMoments::beta3, Range::unit},
             Limit{"ahead", &NesterovMoments::ahead, Range::not_negative}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"mean"}, {"change"}, {"second"}, {"previous"}};
  static constexpr Name scalars[]{
      "beta1",     "1 - beta1",         "1 / (1 - beta1^t)",  "beta2", "1 - beta2", "ahead / (1 - beta2^t)", "beta3",
      "1 - beta3", "1 / (1 - beta3^t)", "0 at t = 1, then 1", "ahead"};

  constexpr std::array<double, 3> bases() const { return {beta1, beta2, beta3}; }
  constexpr std::array<double, 11> at(const Step& step) const {
    return {beta1,
            1 - beta1,
            1 / (1 - step.now[0]),
            beta2,
            1 - beta2,
            ahead / (1 - step.now[1]),
            beta3,
            1 - beta3,
            1 / (1 - step.now[2]),
            step.leaf == 1 ? 0.0 : 1.0,
            ahead};
  }

  static constexpr void apply(Record& r, Lane& mean, Lane& change, Lane& second, Lane& previous, Lane beta1, Lane gain1,
                              Lane correction1, Lane beta2, Lane gain2, Lane correction2, Lane beta3, Lane gain3,
                              Lane correction3, Lane known, Lane ahead) {
    const Lane difference = select(known > 0, r.gradient - previous, 0);
    mean = beta1 * mean + gain1 * r.gradient;
    change = beta2 * change + gain2 * difference;
    const Lane expected = r.gradient + ahead * difference;
    second = beta3 * second + gain3 * expected * expected;
    previous = r.gradient;
    r.update = correction1 * mean + correction2 * change;
    r.square = correction3 * second;
  }
};

}  // namespace gradus
