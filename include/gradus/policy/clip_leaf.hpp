// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <array>
#include <limits>

namespace gradus {

/// Limits the norm of what it receives by scaling it, each leaf on its own.
///
///     u <- u min(1, norm / (N + epsilon)),   N = sqrt(sum u^2) of the leaf
///
/// Slots   none.
/// Order   in front of the moments it clips the gradient, behind them the update.
/// Cost    one read-only pass before the one that writes. Doubles above 1e154 overflow when squared: a factor of 0.
/// Errors  `Refused` unless norm is above 0 and epsilon is finite and at least 0.
/// Source  Pascanu, Mikolov and Bengio (2013), layer by layer.
struct ClipLeafNorm {
  double norm = 1;     ///< largest norm that passes, in (0, inf]
  double epsilon = 0;  ///< added to N

  static constexpr auto limits = Limits{Limit{"norm", &ClipLeafNorm::norm, Range::above_zero},
                                        Limit{"epsilon", &ClipLeafNorm::epsilon, Range::not_negative}};
  static constexpr Writes writes = Writes::received;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"u^2"};
  static constexpr Name scalars[]{"min(1, norm / (N + epsilon))"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double measured = square_root(sum[0]) + epsilon;
    return {norm > std::numeric_limits<double>::max() || measured <= norm ? 1 : norm / measured};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) { return {{{r.update, r.update}}}; }
  static constexpr void apply(Record& r, Lane factor) { r.update = r.update * factor; }
};

/// Limits the root mean square of what it receives by scaling it, each leaf on its own.
///
///     u <- u / max(1, R / rms),   R = sqrt(sum u^2 / n) of the leaf of n elements
///
/// Slots, order and cost as `ClipLeafNorm`.
/// Errors  `Refused` unless rms is above 0.
/// Source  Shazeer and Stern (2018); `optax.clip_by_block_rms`.
struct ClipLeafRms {
  double rms = 1;  ///< largest root mean square that passes, in (0, inf]

  static constexpr auto limits = Limits{Limit{"rms", &ClipLeafRms::rms, Range::above_zero}};
  static constexpr Writes writes = Writes::received;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"u^2", "1"};
  static constexpr Name scalars[]{"min(1, rms / R)"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double measured = square_root(sum[0] / sum[1]);
    return {measured > rms ? rms / measured : 1};
  }

  static constexpr std::array<Term, 2> terms(const Record& r) {
    const Lane one = r.update.number(1);
    return {{{r.update, r.update}, {one, one}}};
  }
  static constexpr void apply(Record& r, Lane factor) { r.update = r.update * factor; }
};

}  // namespace gradus
