// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Lion's momentum: one share for the step, another for what is kept.
///
///     u <- beta1 v + (1 - beta1) u
///     v <- beta2 v + (1 - beta2) u        with the u it received
///
/// Slots   velocity, 0 at first.
/// Order   behind clips and coupled weight decay. In front of a `Sign` it is Lion.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless beta1 and beta2 lie in [0, 1).
/// Source  Chen et al. (2023), Lion.
struct InterpolatedMomentum {
  double beta1 = 0.9;   ///< share of the velocity in the step
  double beta2 = 0.99;  ///< share of the velocity that is kept

  static constexpr auto limits = Limits{Limit{"beta1", &InterpolatedMomentum::beta1, Range::unit},
                                        Limit{"beta2", &InterpolatedMomentum::beta2, Range::unit}};
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"beta1", "1 - beta1", "beta2", "1 - beta2"};

  constexpr std::array<double, 4> at(const Step&) const { return {beta1, 1 - beta1, beta2, 1 - beta2}; }

  static constexpr void apply(Record& r, Lane& velocity, Lane beta1, Lane gain1, Lane beta2, Lane gain2) {
    const Lane received = r.update;
    r.update = beta1 * velocity + gain1 * received;
    velocity = beta2 * velocity + gain2 * received;
  }
};

}  // namespace gradus
