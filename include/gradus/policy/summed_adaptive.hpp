// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by the root of the sum of all squares of the gradient so far, element by element: rare features keep long
/// steps.
///
///     s <- s + g^2
///     u <- u / (sqrt(s) + epsilon)
///
/// Slots   sum, `initial` at first.
/// Order   in front of rates and schedules; anything else does not compile.
/// Cost    reads and writes one slot; a square root and a division.
/// Errors  `Refused` unless initial is finite and at least 0, and epsilon as in `Adaptive`.
/// Source  Duchi, Hazan and Singer (2011), AdaGrad; epsilon outside the root, as in PyTorch. optax adds it inside.
struct SummedAdaptive {
  double initial = 0;      ///< where the sum starts
  double epsilon = 1e-10;  ///< added to the root

  static constexpr auto limits = std::tuple{Limit{"initial", &SummedAdaptive::initial, Range::not_negative},
                                            Limit{"epsilon", &SummedAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Slot slots[]{{"sum"}};
  static constexpr Name scalars[]{"epsilon"};

  constexpr std::array<double, 1> first() const { return {initial}; }
  constexpr std::array<double, 1> at(const Step&) const { return {epsilon}; }

  static constexpr void apply(Record& r, Lane& sum, Lane epsilon) {
    sum = sum + r.gradient * r.gradient;
    r.update = r.update / (sqrt(sum) + epsilon);
  }
};

}  // namespace gradus
