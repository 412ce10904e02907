// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Two averages of the update, a fast one, and a slow one without bias correction.
///
///     v <- beta1 v + (1 - beta1) u
///     w <- beta3 w + (1 - beta3) u
///     u <- v / (1 - beta1^t) + alpha w
///
/// Slots   fast and slow, 0 at first. t counts the leaf's steps.
/// Order   behind clips and coupled weight decay.
/// Cost    reads and writes two slots.
/// Errors  `Refused` unless beta1 and beta3 lie in [0, 1) and alpha is finite and at least 0.
/// Source  Pagliardini, Ablin and Grangier (2024), AdEMAMix, where beta3 grows from beta1 and alpha from 0.
struct MixedMomentum {
  double beta1 = 0.9;     ///< share of the fast average that a step keeps, in [0, 1)
  double beta3 = 0.9999;  ///< share of the slow average that a step keeps, in [0, 1)
  double alpha = 5;       ///< weight of the slow average

  static constexpr auto limits =
      Limits{Limit{"beta1", &MixedMomentum::beta1, Range::unit}, Limit{"beta3", &MixedMomentum::beta3, Range::unit},
             Limit{"alpha", &MixedMomentum::alpha, Range::not_negative}};
  static constexpr Slot slots[]{{"fast"}, {"slow"}};
  static constexpr Name scalars[]{"beta1", "1 - beta1", "1 / (1 - beta1^t)", "beta3", "1 - beta3", "alpha"};

  constexpr std::array<double, 1> bases() const { return {beta1}; }
  constexpr std::array<double, 6> at(const Step& step) const {
    return {beta1, 1 - beta1, 1 / (1 - step.now[0]), beta3, 1 - beta3, alpha};
  }

  static constexpr void apply(Record& r, Lane& fast, Lane& slow, Lane beta1, Lane gain1, Lane correction, Lane beta3,
                              Lane gain3, Lane alpha) {
    fast = beta1 * fast + gain1 * r.update;
    slow = beta3 * slow + gain3 * r.update;
    r.update = fast * correction + alpha * slow;
  }
};

}  // namespace gradus
