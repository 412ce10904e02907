// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// Keeps each leaf on the simplex, a set of shares: no number below 0, all together `total`. What lies elsewhere moves
/// to the nearest point of it.
///
///     p <- max(p - tau, 0)        behind p + u; tau such that the leaf's sum is total
///
/// Slots   none.
/// Order   anywhere; it acts behind apply, in the order of those that do.
/// Cost    read-only passes that recompute p + u, before the one that writes: the sum and the number of those above tau
///         say the next tau, until none falls below it; mostly fewer than ten, never more than there are elements.
/// Errors  `Refused` unless total is finite and above 0.
/// Source  Held, Wolfe and Crowder (1974); Michelot (1986); `optax.projections.projection_simplex`.
struct Simplex {
  double total = 1;

  static constexpr auto limits = Limits{Limit{"total", &Simplex::total, Range::positive}};
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"those above tau", "their number"};
  static constexpr Name scalars[]{"tau"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const { return {threshold(sum, total)}; }

  /// Whether nothing fell below the last threshold, or nothing can.
  static constexpr bool settled(const Sums& before, const Sums& now) {
    return !is_finite(now[0]) || now[1] == 0 || (before[1] != 0 && now[1] >= before[1]);
  }
  static constexpr std::array<Term, 2> terms(const Record& r, Lane tau) { return above(r.parameter, tau); }
  static constexpr void after(Record& r, Lane tau) { r.parameter = max(r.parameter - tau, tau.number(0)); }

  /// By how much so many numbers with this sum are too large; of none, nothing is.
  static constexpr double threshold(const Sums& sum, double total) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!is_finite(sum[0])) return std::numeric_limits<double>::quiet_NaN();
    return sum[1] == 0 ? -infinity : (sum[0] - total) / sum[1];
  }
  // The largest is never below a threshold that is rounded as it is. What is not finite spoils the sum.
  static constexpr std::array<Term, 2> above(Lane x, Lane tau) {
    const Lane one = x.number(1), in = select(x >= tau, one, x.number(0));
    return {{{x, in}, {in, one}}};
  }
};

/// Keeps the sum of each leaf's magnitudes within a radius: the nearest point of the L1 ball, in which many are 0.
///
///     p <- sign(p) max(abs(p) - tau, 0)        behind p + u; tau >= 0 such that the leaf's sum of magnitudes fits
///
/// Slots, order and cost as `Simplex`.
/// Errors  `Refused` unless radius is finite and above 0.
/// Source  Duchi et al. (2008); `optax.projections.projection_l1_ball`.
struct L1Ball {
  double radius = 1;

  static constexpr auto limits = Limits{Limit{"radius", &L1Ball::radius, Range::positive}};
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"magnitudes above tau", "their number"};
  static constexpr Name scalars[]{"tau"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double tau = Simplex::threshold(sum, radius);
    return {tau < 0 ? 0 : tau};
  }

  static constexpr bool settled(const Sums& before, const Sums& now) { return Simplex::settled(before, now); }
  static constexpr std::array<Term, 2> terms(const Record& r, Lane tau) {
    return Simplex::above(abs(r.parameter), tau);
  }
  static constexpr void after(Record& r, Lane tau) {
    r.parameter = sign(r.parameter) * max(abs(r.parameter) - tau, tau.number(0));
  }
};

}  // namespace gradus
