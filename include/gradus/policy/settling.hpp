// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// A factor that begins at 1 and settles at 1 - beta: the weight that a corrected average gives its newest value.
///
///     u <- u (1 - beta) / (1 - beta^t)
///
/// Slots   none. t counts the leaf's steps, so this factor is no part of the rate in force.
/// Order   anywhere.
/// Cost    none of its own behind a rate: the two are multiplied before they meet an element.
/// Errors  `Refused` unless beta lies in [0, 1).
/// Source  Zheng and Kwok (2017), FTML.
struct Settling {
  double beta = 0.6;

  static constexpr auto limits = Limits{Limit{"beta", &Settling::beta, Range::unit}};
  static constexpr bool once = true;
  static constexpr Name scalars[]{"(1 - beta) / (1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 1> at(const Step& step) const { return {(1 - beta) / (1 - step.now[0])}; }

  static constexpr void apply(Record& r, Lane share) { r.update = scaled(r.update, share); }
};

}  // namespace gradus
