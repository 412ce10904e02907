// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Gives each leaf's update a length in proportion to the leaf's own.
///
///     u <- u coefficient norm(p) / (norm(u) + epsilon)       of the leaf, at least smallest; u as it is where one is 0
///
/// Slots   none.
/// Order   behind coupled weight decay and in front of the rate: LARS. In front of rates and schedules; anything else
///         does not compile.
/// Cost    one read-only pass over gradient and parameter before the one that writes.
/// Errors  `Refused` unless coefficient is finite and above 0 and epsilon and smallest are finite and at least 0.
/// Source  You, Gitman and Ginsburg (2017), LARS; `optax.scale_by_trust_ratio`.
struct TrustRatio {
  double coefficient = 0.001;
  double epsilon = 0;
  double smallest = 0;  ///< smaller norms count as this, so that a leaf at 0 takes steps of that size

  static constexpr auto limits = Limits{Limit{"coefficient", &TrustRatio::coefficient, Range::positive},
                                        Limit{"epsilon", &TrustRatio::epsilon, Range::not_negative},
                                        Limit{"smallest", &TrustRatio::smallest, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"p^2", "u^2"};
  static constexpr Name scalars[]{"coefficient max(norm(p), smallest) / (max(norm(u), smallest) + epsilon)"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double length = at_least(square_root(sum[0])), step = at_least(square_root(sum[1]));
    if (length == 0 || step == 0) return {1};
    return {coefficient * length / (step + epsilon)};
  }

  static constexpr std::array<Term, 2> terms(const Record& r) {
    return {{{r.parameter, r.parameter}, {r.update, r.update}}};
  }
  static constexpr void apply(Record& r, Lane ratio) { r.update = r.update * ratio; }

 private:
  constexpr double at_least(double norm) const { return norm < smallest ? smallest : norm; }  // a NaN stays one
};

}  // namespace gradus
