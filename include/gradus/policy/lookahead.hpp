// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <cstdint>

namespace gradus {

/// Lets the parameters run ahead, and every few steps pulls them back to slow ones that follow.
///
///     every `steps` steps of a leaf, behind p + u:   s <- s + alpha (p - s),   p <- s
///
/// Slots   slow, the parameter at first.
/// Order   anywhere but behind a `Sphere` or `Simplex`; it acts behind apply, in the order written.
/// Cost    reads and writes one slot, in every step.
/// Errors  `Refused` unless steps is at least 1 and alpha lies in (0, 1].
/// Source  Zhang, Lucas, Hinton and Ba (2019); `optax.lookahead`.
struct Lookahead {
  std::int64_t steps = 5;  ///< between two pulls
  double alpha = 0.5;      ///< share of the gap that the slow ones close

  static constexpr auto limits =
      Limits{Limit{"steps", &Lookahead::steps, Range::from_one}, Limit{"alpha", &Lookahead::alpha, Range::positive},
             Limit{"alpha", &Lookahead::alpha, Range::closed_unit}};
  static constexpr Slot slots[]{{.name = "slow", .from_parameter = true}};
  static constexpr Name scalars[]{"t mod steps = 0 ? alpha : 0"};

  // Declared so that a leaf's clock is saved with its state.
  constexpr std::array<double, 1> bases() const { return {1}; }
  constexpr std::array<double, 1> at(const Step& step) const { return {step.leaf % steps == 0 ? alpha : 0}; }

  constexpr std::int64_t period() const { return steps; }

  static constexpr void after(Record& r, Lane& slow, Lane share) {
    const Lane met = slow + share * (r.parameter - slow);
    slow = select(share > 0, met, slow);
    r.parameter = select(share > 0, met, r.parameter);
  }

  /// The slow parameter, which is the one to evaluate.
  constexpr double average(double, double slow) const { return slow; }
};

}  // namespace gradus
