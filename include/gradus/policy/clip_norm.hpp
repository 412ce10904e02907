// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <algorithm>
#include <limits>

namespace gradus {

/// Limits the norm of what it receives, taken over all leaves together, by scaling it.
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
  // The second belongs to the first: one factor as two numbers, as a float cannot hold 1e-8 / 3e38.
  static constexpr Name scalars[]{"min(1, norm / (N + epsilon))", ""};

  constexpr double norm_order() const { return order; }

  constexpr std::array<double, 2> at(const Step&, const Norm& measured) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (norm == infinity || measured.rest == 0 || measured.value() + epsilon <= norm) return {1, 1};
    // A scale below 1 means tiny numbers: a double holds their norm, and nothing should be divided by such a scale.
    const double factor = measured.scale <= 1
                              ? norm / (measured.value() + epsilon)
                              : std::min((norm / measured.scale) / (measured.rest + epsilon / measured.scale), 1.0);
    if (factor < 0x1p-126) return in_two(measured);  // a NaN stays one
    return {factor, 1};
  }

  static constexpr void apply(Record& r, Lane factor, Lane rest) { r.update = r.update * factor * rest; }

 private:
  // 1 / unit and norm / (N / unit). A float holds 1 / unit for units up to 2^126; fewer than 2^32 floats
  // never reach a norm of 2^160.
  constexpr std::array<double, 2> in_two(const Norm& N) const {
    const double unit = N.value() < 0x1p160 ? 0x1p126 : std::min(N.value(), 0x1p1020);
    return {1 / unit, norm / (N.rest * (N.scale / unit) + epsilon / unit)};
  }
};

}  // namespace gradus
