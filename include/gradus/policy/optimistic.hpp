// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Looks ahead by the update's change since the step before, against the rotation in games.
///
///     u <- alpha u + beta (u - h)        h: the u received in the step before; in the leaf's first step alpha u
///     h <- u                             with the u it received
///
/// Slots   previous, 0 at first.
/// Order   alone, the optimistic gradient; behind Adam's moments, optimistic Adam.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless alpha and beta are finite and at least 0.
/// Source  Popov (1980); Daskalakis et al. (2018); `optax.scale_by_optimistic_gradient`.
struct Optimistic {
  double alpha = 1;  ///< weight of the update
  double beta = 1;   ///< weight of its change

  static constexpr auto limits = Limits{Limit{"alpha", &Optimistic::alpha, Range::not_negative},
                                        Limit{"beta", &Optimistic::beta, Range::not_negative}};
  static constexpr Slot slots[]{{"previous"}};
  static constexpr Name scalars[]{"alpha + beta, alpha at t = 1", "beta, 0 at t = 1"};

  // Declared so that a leaf's clock is saved with its state.
  constexpr std::array<double, 1> bases() const { return {1}; }
  constexpr std::array<double, 2> at(const Step& step) const {
    const double known = step.leaf == 1 ? 0 : beta;
    return {alpha + known, known};
  }

  static constexpr void apply(Record& r, Lane& previous, Lane now, Lane before) {
    const Lane received = r.update;
    r.update = now * received - before * previous;
    previous = received;
  }
};

}  // namespace gradus
