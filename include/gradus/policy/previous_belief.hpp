// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the square of the gradient's deviation from its mean by the average before this step: `Belief` without
/// momentum, and the divisor behind it does not depend on the gradient it divides.
///
///     square <- s / (1 - beta^(t - 1)), 1 in the leaf's first step
///     s <- beta s + (1 - beta) (g - m)^2 + epsilon
///     m <- factor m + (1 - factor) g
///
/// Slots   mean and second, 0 at first. t counts the leaf's steps.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes two slots.
/// Errors  as `Belief`.
/// Source  Zhuang et al. (2021), ACProp, as in optax.
struct PreviousBelief {
  double factor = 0.9;
  double beta = 0.999;
  double epsilon = 1e-16;

  static constexpr auto limits =
      Limits{Limit{"factor", &PreviousBelief::factor, Range::unit}, Limit{"beta", &PreviousBelief::beta, Range::unit},
             Limit{"epsilon", &PreviousBelief::epsilon, Range::epsilon}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"mean"}, {"second"}};
  static constexpr Name scalars[]{"factor",   "1 - factor", "beta",
                                  "1 - beta", "epsilon",    "1 / (1 - beta^(t - 1)), 0 at t = 1"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 6> at(const Step& step) const {
    return {factor, 1 - factor, beta, 1 - beta, epsilon, step.leaf == 1 ? 0 : 1 / (1 - step.before[0])};
  }

  static constexpr void apply(Record& r, Lane& mean, Lane& second, Lane factor, Lane share, Lane beta, Lane gain,
                              Lane epsilon, Lane correction) {
    r.square = select(correction > 0, second * correction, 1);
    const Lane surprise = r.gradient - mean;
    second = beta * second + gain * surprise * surprise + epsilon;
    mean = factor * mean + share * r.gradient;
  }
};

}  // namespace gradus
