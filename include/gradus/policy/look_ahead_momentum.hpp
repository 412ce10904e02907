// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Momentum with Nesterov's look-ahead, both along what it receives, wherever it stands.
///
///     v <- factor v + (1 - dampening) u
///     u <- factor v + (1 - dampening) u
///
/// Equals `Momentum` and `Nesterov` where it receives the gradient and nothing is dampened.
///
/// Slots   velocity, 0 at first.
/// Order   behind a rate it looks ahead along steps, behind a divisor along the divided update.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless factor and dampening lie in [0, 1).
/// Source  `optax.trace(nesterov=True)`; with dampening = factor, the average in optax's ADOPT.
struct LookAheadMomentum {
  double factor = 0.9;
  double dampening = 0;

  static constexpr auto limits = Limits{Limit{"factor", &LookAheadMomentum::factor, Range::unit},
                                        Limit{"dampening", &LookAheadMomentum::dampening, Range::unit}};
  static constexpr Slot slots[]{{"velocity"}};
  static constexpr Name scalars[]{"factor", "1 - dampening"};

  constexpr std::array<double, 2> at(const Step&) const { return {factor, 1 - dampening}; }

  static constexpr void apply(Record& r, Lane& velocity, Lane factor, Lane gain) {
    const Lane share = gain * r.update;
    velocity = factor * velocity + share;
    r.update = factor * velocity + share;
  }
};

}  // namespace gradus
