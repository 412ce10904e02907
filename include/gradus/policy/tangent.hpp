// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Removes the part along the parameters from what it receives, so that a step does not spend itself on their length.
///
///     u <- u - p <u, p> / norm(p)^2           over each leaf
///
/// Slots   none.
/// Order   in front of a momentum it projects the gradient, behind it the velocity, whose older parts were tangent
///         elsewhere; with a momentum, put one on each side. Meant for `Sphere`, which stands behind.
/// Cost    one read-only pass over gradient and parameter; behind a momentum it recomputes that too. A sum beyond 1e308
///         makes the leaf NaN.
/// Errors  none.
/// Source  Absil, Mahony and Sepulchre (2008), the Riemannian gradient on the sphere.
struct Tangent {
  static constexpr Writes writes = Writes::received;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"u p", "p^2"};
  static constexpr Name scalars[]{"<u, p> / norm(p)^2"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const { return {sum[1] > 0 ? sum[0] / sum[1] : 0}; }

  static constexpr std::array<Term, 2> terms(const Record& r) {
    return {{{r.update, r.parameter}, {r.parameter, r.parameter}}};
  }
  static constexpr void apply(Record& r, Lane share) { r.update = r.update - share * r.parameter; }
};

}  // namespace gradus
