// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/policy.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradus {

namespace detail {

// A threshold tau such that the excess of all numbers over it adds up to a total. tau is the sum of two numbers, the
// first a float, so that an element minus tau keeps its digits where both are large, in floats too.
struct Threshold {
  static constexpr Name sums[]{"what is above tau", "how many are"};
  static constexpr Name settles[]{"tau", "rest of tau", "how many were"};
  static constexpr Name scalars[]{"tau", "rest of tau", "lowest"};

  // The first time, all numbers are counted.
  static constexpr std::array<double, 3> at(const Sums& sum) {
    return {sum[2], sum[3], sum[4] == 0 ? -std::numeric_limits<double>::infinity() : 0};
  }

  // Newton's method from below; it has reached the threshold once no more numbers fall below it.
  static bool settle(double total, const double* sum, double* number) {
    const double many = sum[1], before = number[2];
    if (!is_finite(sum[0])) {
      number[0] = std::numeric_limits<double>::quiet_NaN();
      return true;
    }
    if (many == 0 && before == 0) return true;  // the leaf is empty
    // Rounding put tau above all numbers: lower it, and count again.
    const double step = many == 0 ? -std::max(total, 1e-15 * std::abs(number[0])) : (sum[0] - total) / many;
    move(number, step);
    number[2] = many == 0 ? std::numeric_limits<double>::infinity() : many;
    return many != 0 && before != 0 && many >= before;
  }

  static void move(double* tau, double step) {
    const double sum = tau[0] + (tau[1] + step);
    const bool fits = std::abs(sum) < std::numeric_limits<float>::max();
    const double first = fits ? static_cast<double>(static_cast<float>(sum)) : sum;
    tau[1] = (tau[0] - first) + (tau[1] + step), tau[0] = first;
  }

  static constexpr std::array<Term, 2> terms(Lane x, Lane tau, Lane rest, Lane lowest) {
    const Lane one = x.number(1), above = x - tau - rest, in = select(above >= lowest, 1.0, 0.0);
    return {{{above, in}, {in, one}}};  // a number that is not finite spoils the sum, counted or not
  }
  static constexpr Lane above(Lane x, Lane tau, Lane rest) { return max(x - tau - rest, 0.0); }
};

}  // namespace detail

/// Keeps each leaf on the simplex, a set of shares: none negative, their sum `total`. What lies elsewhere moves to its
/// nearest point.
///
///     p <- max(p - tau, 0)        behind p + u; tau such that the leaf's sum is total
///
/// Slots   none.
/// Order   anywhere but behind a `Sphere` or `Simplex`; it acts behind apply, in the order written.
/// Cost    read-only passes that recompute p + u, before the one that writes: the excess over tau and the count above
///         it give the next tau, until no more fall below it; mostly fewer than ten passes, at most one more than there
///         are elements. On a device the caller waits for each.
/// Errors  `Refused` unless total is finite and above 0. A leaf with a number that is not finite becomes NaN.
/// Source  Held, Wolfe and Crowder (1974); Michelot (1986); `optax.projections.projection_simplex`.
struct Simplex {
  double total = 1;

  static constexpr auto limits = Limits{Limit{"total", &Simplex::total, Range::positive}};
  static constexpr bool exact = true;
  static constexpr bool per_leaf = true;
  static constexpr auto& sums = detail::Threshold::sums;
  static constexpr auto& settles = detail::Threshold::settles;
  static constexpr auto& scalars = detail::Threshold::scalars;

  constexpr std::array<double, 3> at(const Step&, const Sums& sum) const { return detail::Threshold::at(sum); }
  bool settle(const double* sum, double* number) const { return detail::Threshold::settle(total, sum, number); }

  static constexpr std::array<Term, 2> terms(const Record& r, Lane tau, Lane rest, Lane lowest) {
    return detail::Threshold::terms(r.parameter, tau, rest, lowest);
  }
  static constexpr void after(Record& r, Lane tau, Lane rest, Lane) {
    r.parameter = detail::Threshold::above(r.parameter, tau, rest);
  }
};

/// Keeps the sum of each leaf's magnitudes within a radius, by the nearest point of the L1 ball; many become 0.
///
///     p <- sign(p) max(abs(p) - tau, 0)        behind p + u
///     tau: 0, or such that the leaf's magnitudes add up to radius
///
/// Slots, order, cost and errors as `Simplex`; one read-only pass where nothing moves.
/// Source  Duchi et al. (2008); `optax.projections.projection_l1_ball`.
struct L1Ball {
  double radius = 1;

  static constexpr auto limits = Limits{Limit{"radius", &L1Ball::radius, Range::positive}};
  static constexpr bool per_leaf = true;
  static constexpr auto& sums = detail::Threshold::sums;
  static constexpr auto& settles = detail::Threshold::settles;
  static constexpr auto& scalars = detail::Threshold::scalars;

  constexpr std::array<double, 3> at(const Step&, const Sums& sum) const { return detail::Threshold::at(sum); }
  bool settle(const double* sum, double* number) const {
    const bool inside = number[2] == 0 && sum[0] <= radius;
    return inside || detail::Threshold::settle(radius, sum, number);
  }

  static constexpr std::array<Term, 2> terms(const Record& r, Lane tau, Lane rest, Lane lowest) {
    return detail::Threshold::terms(abs(r.parameter), tau, rest, lowest);
  }
  static constexpr void after(Record& r, Lane tau, Lane rest, Lane) {
    r.parameter = sign(r.parameter) * detail::Threshold::above(abs(r.parameter), tau, rest);
  }
};

}  // namespace gradus
