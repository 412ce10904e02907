// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Predicts the gradient by its corrected average, and estimates the squared prediction error for a divisor behind it:
/// steps are long where the gradient is as predicted.
///
///     m <- factor m + (1 - factor) g
///     s <- beta s + (1 - beta) (g - m)^2 + epsilon
///     u <- m / (1 - factor^t)
///     square <- s / (1 - beta^t)
///
/// Slots   mean and second, 0 at first. t counts the leaf's steps.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes two slots.
/// Errors  `Refused` unless factor and beta lie in [0, 1) and epsilon is finite and at least 0, and not rounded to 0 by
///         the type.
/// Source  Zhuang et al. (2020), AdaBelief. epsilon enters s in every step, as in the paper and optax.
struct Belief {
  double factor = 0.9;     ///< share of the mean that a step keeps, in [0, 1)
  double beta = 0.999;     ///< share of the second moment that a step keeps, in [0, 1)
  double epsilon = 1e-16;  ///< added to the second moment in every step

  static constexpr auto limits =
      Limits{Limit{"factor", &Belief::factor, Range::unit}, Limit{"beta", &Belief::beta, Range::unit},
             Limit{"epsilon", &Belief::epsilon, Range::epsilon}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"mean"}, {"second"}};
  static constexpr Name scalars[]{"factor",   "1 - factor", "1 / (1 - factor^t)", "beta",
                                  "1 - beta", "epsilon",    "1 / (1 - beta^t)"};

  constexpr std::array<double, 2> bases() const { return {factor, beta}; }
  constexpr std::array<double, 7> at(const Step& step) const {
    return {factor, 1 - factor, 1 / (1 - step.now[0]), beta, 1 - beta, epsilon, 1 / (1 - step.now[1])};
  }

  static constexpr void apply(Record& r, Lane& mean, Lane& second, Lane factor, Lane share, Lane mean_correction,
                              Lane beta, Lane gain, Lane epsilon, Lane correction) {
    mean = factor * mean + share * r.gradient;
    const Lane surprise = r.gradient - mean;
    second = beta * second + gain * surprise * surprise + epsilon;
    r.update = mean * mean_correction;
    r.square = second * correction;
  }
};

}  // namespace gradus
