// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <cstdint>

namespace gradus {

/// Takes one step from the mean of several incoming gradients. Calls in between change no parameter, no other slot and
/// no step count.
///
///     m <- m + (g - m) / n                    n = 1 ... steps since the last step; at n = 1 m <- g
///     at n = steps: g <- m, and the step is taken
///
/// Slots   mean; n is the run's.
/// Order   in front of all policies that change the gradient or the update; anything else does not compile. Guards test
///         each incoming gradient; norms and clips see the mean.
/// Cost    in between: reads the gradient, reads and writes one slot. In a step: reads one slot.
/// Errors  `Refused` unless steps is at least 1, and where a leaf has no gradient, which leaves its mean unknown.
/// Source  `optax.MultiSteps`; PyTorch's accumulated gradients, divided by their number.
struct Accumulate {
  std::int64_t steps = 1;  ///< incoming gradients per step

  static constexpr auto limits = Limits{Limit{"steps", &Accumulate::steps, Range::from_one}};
  static constexpr bool once = true;
  static constexpr bool every_leaf = true;
  static constexpr bool per_run = true;
  static constexpr Writes writes = Writes::received;
  static constexpr Slot slots[]{{"mean"}};
  static constexpr Name kept[]{"gathered"};
  static constexpr Name scalars[]{"1 / n"};

  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step&) const { return {0}; }
  constexpr std::array<double, 1> at(const Step& step) const { return {1 / (step.before[0] + 1)}; }
  constexpr bool gathers(double gathered) const { return gathered + 1 < static_cast<double>(steps); }

  static constexpr void gather(Record& r, Lane& mean, Lane share) {
    mean = select(share < 1, mean + share * (r.gradient - mean), r.gradient);
  }
  static constexpr void apply(Record& r, Lane& mean, Lane share) {
    Lane whole = mean;
    gather(r, whole, share);
    r.update = whole;
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool first = []<class... P>(Policies<P...>) {
      return !((FactorPolicy<P> || TextPolicy<P>) || ...);
    }(Before{});
    static_assert(first,
                  "gradus: Accumulate stands behind a policy that changes the gradient or the update; put it in front, "
                  "where it takes the gradients as they come");
    return first;
  }
};

}  // namespace gradus
