// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// Multiplies where others add, and keeps each leaf a set of shares: none negative, their sum `total`.
///
///     p <- total p exp(u) / sum(p exp(u))        in place of p + u; the leaf's sum
///
/// Slots   none.
/// Order   anywhere, but in front of all others that act behind apply, because it replaces p + u; the other way round
///         does not compile. Start with numbers above 0: a 0 stays 0.
/// Cost    an exponential, and one read-only pass that recomputes p exp(u), before the one that writes.
/// Errors  `Refused` unless total is finite and above 0. A u above 88 in float or 709 in double makes the leaf NaN, and
///         so does a sum of 0; a u below -87 or -708 makes its share 0.
/// Source  Kivinen and Warmuth (1997); mirror ascent with the entropy.
struct ExponentiatedGradient {
  double total = 1;

  static constexpr auto limits = Limits{Limit{"total", &ExponentiatedGradient::total, Range::positive}};
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"p exp(u)"};
  static constexpr Name scalars[]{"total / sum(p exp(u))"};

  template <class Before>
  static constexpr bool place() {
    return in_place_of_apply(Before{});
  }

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const bool known = sum[0] > 0 && is_finite(sum[0]);
    return {known ? total / sum[0] : std::numeric_limits<double>::quiet_NaN()};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) {
    return {{{r.before * exp(r.update), r.update.number(1)}}};
  }
  static constexpr void after(Record& r, Lane scale) { r.parameter = r.before * exp(r.update) * scale; }

 private:
  template <class... Before>
  static constexpr bool in_place_of_apply(Policies<Before...>) {
    constexpr bool first = !(AfterPolicy<Before> || ...);
    static_assert(
        first,
        "gradus: ExponentiatedGradient takes the place of p + u, and undoes what acts behind that in front of "
        "it; move it in front");
    return first;
  }
};

}  // namespace gradus
