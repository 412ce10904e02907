// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// Scales what it receives down to a largest norm, taken over all leaves together.
///
///     u <- u min(1, norm / (N + epsilon)),   N = (sum |u|^order)^(1 / order)
///
/// Slots   none.
/// Order   in front of the moments it clips the gradient, behind them the update. NaN passes; an infinite norm is the
///         identity, N = 0 gives the factor 1.
/// Cost    one read-only pass before the one that writes. N is summed in double in a fixed order; no finite input
///         overflows or vanishes (rarely, for double's extremes and for orders other than 1, 2 and infinity, that takes
///         two more reads).
/// Errors  `Refused` unless norm > 0, order >= 1 and epsilon is finite and at least 0.
/// Source  Pascanu, Mikolov and Bengio (2013); `torch.nn.utils.clip_grad_norm_` with epsilon = 1e-6,
///         `optax.clip_by_global_norm`.
struct ClipNorm {
  double norm = 1;     ///< largest norm that passes, in (0, inf]
  double order = 2;    ///< of the norm, from 1 to infinity
  double epsilon = 0;  ///< added to N

  static constexpr auto limits =
      Limits{Limit{"norm", &ClipNorm::norm, Range::above_zero}, Limit{"order", &ClipNorm::order, Range::from_one},
             Limit{"epsilon", &ClipNorm::epsilon, Range::not_negative}};
  static constexpr Writes writes = Writes::received;
  static constexpr Name scalars[]{"min(1, norm / (N + epsilon))"};

  constexpr double norm_order() const { return order; }

  constexpr std::array<double, 1> at(const Step&, const Norm& measured) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (norm == infinity || measured.rest == 0 || measured.value() + epsilon <= norm) return {1};
    // A scale below 1 is that of tiny numbers, whose norm a double holds and by which nothing should be divided.
    const double factor = measured.scale <= 1 ? norm / (measured.value() + epsilon)
                                              : (norm / measured.scale) / (measured.rest + epsilon / measured.scale);
    return {factor > 1 ? 1 : factor};  // a NaN stays one
  }

  static constexpr void apply(Record& r, Lane factor) { r.update = r.update * factor; }
};

}  // namespace gradus
