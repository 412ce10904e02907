// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <limits>

namespace gradus {

/// Keeps every parameter between two numbers.
///
///     p <- max(min(p, high), low)       behind p + u
///
/// Slots   none.
/// Order   anywhere but behind a `Sphere` or `Simplex`; it acts behind apply, in the order written. NaN passes.
/// Cost    arithmetic inside the pass.
/// Errors  `Refused` unless both are numbers and low is at most high.
/// Source  projected gradient; with the defaults `optax.keep_params_nonnegative`.
struct Box {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();

  static constexpr auto limits =
      Limits{Limit{"low", &Box::low, Range::number}, Limit{"high", &Box::high, Range::number},
             AtMost{"low", &Box::low, "high", &Box::high}};
  static constexpr Name scalars[]{"low", "high"};

  constexpr std::array<double, 2> at(const Step&) const { return {low, high}; }

  static constexpr void after(Record& r, Lane low, Lane high) { r.parameter = clamp(r.parameter, low, high); }
};

}  // namespace gradus
