// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Scales the update to length 1, taken over all leaves together.
///
///     u <- u / (N + epsilon),   N = sqrt(sum u^2)
///
/// Slots   none.
/// Order   in front of rates and schedules; anything else does not compile.
/// Cost    one read-only pass before the one that writes. Doubles above 1e154 overflow when squared: an update of 0.
/// Errors  `Refused` unless epsilon is finite and at least 0, and not rounded to 0 by the type.
/// Source  Nesterov (1984), normalized gradients; `optax.normalize_by_update_norm`.
struct Normalize {
  double epsilon = 1e-6;

  static constexpr auto limits = Limits{Limit{"epsilon", &Normalize::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Name sums[]{"u^2"};
  static constexpr Name scalars[]{"1 / (N + epsilon)"};

  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const {
    const double length = square_root(sum[0]) + epsilon;
    return {length == 0 ? 0 : 1 / length};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) { return {{{r.update, r.update}}}; }
  static constexpr void apply(Record& r, Lane factor) { r.update = r.update * factor; }
};

/// `Normalize`, each leaf on its own.
///
///     u <- u / (N + epsilon),   N = sqrt(sum u^2) of the leaf
///
/// Slots, order, cost and errors as `Normalize`.
/// Source  Yu et al. (2017), block-normalized gradients.
struct NormalizeLeaf {
  double epsilon = 1e-6;

  static constexpr auto limits = Limits{Limit{"epsilon", &NormalizeLeaf::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"u^2"};
  static constexpr Name scalars[]{"1 / (N + epsilon)"};

  constexpr std::array<double, 1> at(const Step& step, const Sums& sum) const {
    return Normalize{epsilon}.at(step, sum);
  }
  static constexpr std::array<Term, 1> terms(const Record& r) { return Normalize::terms(r); }
  static constexpr void apply(Record& r, Lane factor) { Normalize::apply(r, factor); }
};

}  // namespace gradus
