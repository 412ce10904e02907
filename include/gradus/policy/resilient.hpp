// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Gives each element a step length of its own: longer while its gradient keeps its sign, shorter where the sign
/// changed. The size of the gradient does not matter.
///
///     f = grow where g h > 0, shrink where g h < 0, else 1          h: the gradient of the step before
///     l <- clamp(f l, shortest, longest)
///     h <- 0 where g h < 0, else g
///     u <- sign(h) l
///
/// An element whose gradient changed its sign rests for one step. A product g h that underflows is 0, as PyTorch's.
///
/// Slots   length, `first_length` at first, and previous, 0 at first.
/// Order   alone, or behind what changes the gradient: it replaces the update. In front of rates and schedules;
///         anything else does not compile.
/// Cost    reads and writes two slots.
/// Errors  `Refused` unless first_length, shortest and longest are finite and above 0, shortest is at most longest,
///         shrink lies in [0, 1) and grow is at least 1.
/// Source  Riedmiller and Braun (1993), Rprop without backtracking; `torch.optim.Rprop`.
struct Resilient {
  double first_length = 0.01;
  double shrink = 0.5;
  double grow = 1.2;
  double shortest = 1e-6;
  double longest = 50;

  static constexpr auto limits = Limits{Limit{"first_length", &Resilient::first_length, Range::positive},
                                        Limit{"shrink", &Resilient::shrink, Range::unit},
                                        Limit{"grow", &Resilient::grow, Range::from_one},
                                        Limit{"shortest", &Resilient::shortest, Range::positive},
                                        Limit{"longest", &Resilient::longest, Range::positive},
                                        AtMost{"shortest", &Resilient::shortest, "longest", &Resilient::longest}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Slot slots[]{{"length"}, {"previous"}};
  static constexpr Name scalars[]{"shrink", "grow", "shortest", "longest"};

  constexpr std::array<double, 2> first() const { return {first_length, 0}; }
  constexpr std::array<double, 4> at(const Step&) const { return {shrink, grow, shortest, longest}; }

  static constexpr void apply(Record& r, Lane& length, Lane& previous, Lane shrink, Lane grow, Lane shortest,
                              Lane longest) {
    const Lane same = r.gradient * previous, factor = select(same > 0, grow, select(same < 0, shrink, 1.0));
    length = clamp(factor * length, shortest, longest);
    previous = select(same < 0, 0.0, r.gradient);
    r.update = sign(previous) * length;
  }
};

}  // namespace gradus
