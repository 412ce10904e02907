// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by the gradient's largest recent magnitude, element by element: `Adaptive` of order infinity.
///
///     n <- max(beta n, |g| + epsilon)
///     u <- u / n
///
/// Slots   largest, 0 at first.
/// Order   in front of rates and schedules; anything else does not compile.
/// Cost    reads and writes one slot; a division and no root.
/// Errors  `Refused` unless beta lies in [0, 1) and epsilon is as in `Adaptive`. With epsilon 0, a gradient of 0 gives
///         0 / 0 until the first that is not 0.
/// Source  Kingma and Ba (2015), AdaMax; epsilon inside the maximum, as in PyTorch and optax.
struct InfinityAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"beta", &InfinityAdaptive::beta, Range::unit},
                                        Limit{"epsilon", &InfinityAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"largest"}};
  static constexpr Name scalars[]{"beta", "epsilon"};

  constexpr std::array<double, 2> at(const Step&) const { return {beta, epsilon}; }

  static constexpr void apply(Record& r, Lane& largest, Lane beta, Lane epsilon) {
    largest = max(abs(r.gradient) + epsilon, beta * largest);
    r.update = r.update / largest;
  }
};

}  // namespace gradus
