// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// Multiplies where others add, and keeps each leaf a set of shares: no number below 0, all together `total`.
///
///     p <- total p exp(u) / sum(p exp(u))        in place of p + u; the leaf's sum
///
/// Slots   none.
/// Order   anywhere; it acts behind apply, before or behind others as they are written. Start with numbers above 0: a 0
///         stays one.
/// Cost    an exponential, and one read-only pass that recomputes p exp(u), before the one that writes.
/// Errors  `Refused` unless total is finite and above 0. A leaf becomes NaN where u leaves the exponential's range
///         (88 in float, 709 in double).
/// Source  Kivinen and Warmuth (1997); mirror ascent with the entropy.
struct ExponentiatedGradient {
  double total = 1;

  static constexpr auto limits = Limits{Limit{"total", &ExponentiatedGradient::total, Range::positive}};
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"p exp(u)"};
  static constexpr Name scalars[]{"total / sum(p exp(u))"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const bool known = sum[0] > 0 && sum[0] < std::numeric_limits<double>::infinity();
    return {known ? total / sum[0] : std::numeric_limits<double>::quiet_NaN()};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) {
    return {{{r.before * exp(r.update), r.update.number(1)}}};
  }
  static constexpr void after(Record& r, Lane scale) { r.parameter = r.before * exp(r.update) * scale; }
};

}  // namespace gradus
