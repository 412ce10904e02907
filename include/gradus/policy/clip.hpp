// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Limits every element of what it receives.
///
///     u <- clamp(u, -value, value)
///
/// Slots   none.
/// Order   in front of the moments it clips the gradient, behind them the update. NaN passes; an infinite value is the
///         identity.
/// Cost    no memory beyond the pass.
/// Errors  `Refused` unless value > 0.
/// Source  `torch.nn.utils.clip_grad_value_`, `optax.clip`.
struct Clip {
  double value = 1;  ///< largest magnitude that passes, in (0, inf]

  static constexpr auto limits = Limits{Limit{"value", &Clip::value, Range::above_zero}};
  static constexpr Writes writes = Writes::received;
  static constexpr Name scalars[]{"-value", "value"};

  constexpr std::array<double, 2> at(const Step&) const { return {-value, value}; }

  static constexpr void apply(Record& r, Lane low, Lane high) { r.update = clamp(r.update, low, high); }
};

}  // namespace gradus
