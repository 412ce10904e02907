// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by a root mean square over as many steps as the gradient has been steady, and steps longer where it is.
///
///     r = 1 / (k + 1)
///     m <- (1 - r) m + r g,   s <- (1 - r) s + r g^2
///     x = m^2 / (s + epsilon)
///     k <- 1 + k (1 - x)
///     u <- u min(rate, x) / (sqrt(s) + epsilon)
///
/// Slots   mean and second, 0 at first; memory, 1 at first.
/// Order   in front of other rates and schedules; anything else does not compile.
/// Cost    reads and writes three slots.
/// Errors  `Refused` unless rate is finite and at least 0, and epsilon as in `Adaptive`.
/// Source  Funk (2015), SMORMS3; ensmallen.
struct SteadyAdaptive {
  double rate = 0.001;     ///< longest step
  double epsilon = 1e-16;  ///< added to the square and to the root

  static constexpr auto limits = Limits{Limit{"rate", &SteadyAdaptive::rate, Range::not_negative},
                                        Limit{"epsilon", &SteadyAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"mean"}, {"second"}, {"memory", 1}};
  static constexpr Name scalars[]{"rate", "epsilon"};

  constexpr std::array<double, 2> at(const Step&) const { return {rate, epsilon}; }

  static constexpr void apply(Record& r, Lane& mean, Lane& second, Lane& memory, Lane rate, Lane epsilon) {
    const Lane gain = 1.0 / (memory + 1.0), keep = 1.0 - gain;
    mean = keep * mean + gain * r.gradient;
    second = keep * second + gain * r.gradient * r.gradient;
    const Lane steady = mean * mean / (second + epsilon);
    memory = 1.0 + memory * (1.0 - steady);
    r.update = r.update * min(steady, rate) / (sqrt(second) + epsilon);
  }
};

}  // namespace gradus
