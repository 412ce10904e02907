// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Adds an epsilon to the estimate of the gradient's square, under the root of the divisor behind it.
///
///     square <- square + epsilon
///
/// Slots   none.
/// Order   between an estimate and its divisor; anything else does not compile.
/// Cost    arithmetic.
/// Errors  `Refused` unless epsilon is finite and at least 0, and not rounded to 0 by the type.
/// Source  `eps_root` and `eps_in_sqrt` of optax.
struct EpsilonInRoot {
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"epsilon", &EpsilonInRoot::epsilon, Range::epsilon}};
  static constexpr bool refines = true;
  static constexpr Name scalars[]{"epsilon"};

  constexpr std::array<double, 1> at(const Step&) const { return {epsilon}; }

  static constexpr void apply(Record& r, Lane epsilon) { r.square = r.square + epsilon; }
};

}  // namespace gradus
