// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/policy.hpp>

#include <limits>

namespace gradus {

/// Keeps each leaf within a ball around 0: what lies outside moves to its nearest point.
///
///     p <- p min(1, radius / norm(p))         behind p + u; the leaf's norm
///
/// Slots   none.
/// Order   anywhere but behind a `Sphere` or `Simplex`; it acts behind apply, in the order written.
/// Cost    one read-only pass that recomputes p + u, before the one that writes. A square beyond 1e308 makes the leaf
///         NaN; below 1e-154 a leaf counts as 0.
/// Errors  `Refused` unless radius is above 0.
/// Source  projected gradient; `optax.projections.projection_l2_ball`.
struct Ball {
  double radius = 1;

  static constexpr auto limits = Limits{Limit{"radius", &Ball::radius, Range::above_zero}};
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"p^2"};
  static constexpr Name scalars[]{"min(1, radius / norm(p))"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double norm = square_root(sum[0]);
    return {norm > radius ? scale_to(radius, norm) : 1};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) { return {{{r.parameter, r.parameter}}}; }
  static constexpr void after(Record& r, Lane scale) { r.parameter = r.parameter * scale; }

  /// NaN where the norm is not finite, so that no loss goes unnoticed.
  static constexpr double scale_to(double radius, double norm) {
    return is_finite(norm) ? radius / norm : std::numeric_limits<double>::quiet_NaN();
  }
};

/// Keeps each leaf on a sphere around 0.
///
///     p <- p radius / norm(p)                 behind p + u; the leaf's norm; a leaf at 0 stays
///
/// Slots, order and cost as `Ball`. With `Tangent` in front, the two are the gradient along the sphere and the
/// retraction to it: for an eigenvector, and whatever else has a length that does not matter.
/// Errors  `Refused` unless radius is finite and above 0.
/// Source  Absil, Mahony and Sepulchre (2008); `optax.projections.projection_l2_sphere`.
struct Sphere {
  double radius = 1;

  static constexpr auto limits = Limits{Limit{"radius", &Sphere::radius, Range::positive}};
  static constexpr bool exact = true;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"p^2"};
  static constexpr Name scalars[]{"radius / norm(p)"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double norm = square_root(sum[0]);
    return {norm > 0 ? Ball::scale_to(radius, norm) : 1};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) { return Ball::terms(r); }
  static constexpr void after(Record& r, Lane scale) { Ball::after(r, scale); }
};

}  // namespace gradus
