// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Gives the update the parameter's units: multiplies by a running RMS of past changes over the gradient's.
///
///     s <- beta s + (1 - beta) g^2
///     u <- u sqrt(d + epsilon) / sqrt(s + epsilon)
///     d <- beta d + (1 - beta) u^2
///
/// The d used is that of the steps before, so epsilon sets it going: the first steps are short.
///
/// Slots   second and change, 0 at first.
/// Order   in front of rates and schedules; anything else does not compile. A rate behind it does not enter d.
/// Cost    reads and writes two slots; two square roots and a division.
/// Errors  `Refused` unless beta lies in [0, 1) and epsilon is as in `Adaptive`.
/// Source  Zeiler (2012); `torch.optim.Adadelta`, `optax.adadelta`.
struct AdaDelta {
  double beta = 0.9;
  double epsilon = 1e-6;

  static constexpr auto limits =
      Limits{Limit{"beta", &AdaDelta::beta, Range::unit}, Limit{"epsilon", &AdaDelta::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}, {"change"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon"};

  constexpr std::array<double, 3> at(const Step&) const { return {beta, 1 - beta, epsilon}; }

  static constexpr void apply(Record& r, Lane& second, Lane& change, Lane beta, Lane gain, Lane epsilon) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = sqrt(change + epsilon) / sqrt(second + epsilon) * r.update;
    change = beta * change + gain * r.update * r.update;
  }
};

}  // namespace gradus
