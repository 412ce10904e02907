// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// `Adaptive` with one second moment per leaf: the squared norm of its gradient.
///
///     n <- N^2 in the leaf's first step, then beta n + (1 - beta) N^2,   N = sqrt(sum g^2) of the leaf
///     u <- u / (sqrt(n) + epsilon)
///
/// Slots   none; n is one number per leaf.
/// Order   in front of rates and schedules; anything else does not compile. In front of a `Momentum` it is NovoGrad.
/// Cost    one read-only pass before the one that writes.
/// Errors  as `Adaptive`.
/// Source  Ginsburg et al. (2019), NovoGrad; `optax.scale_by_novograd`.
struct LeafAdaptive {
  double beta = 0.25;
  double epsilon = 1e-6;

  static constexpr auto limits =
      Limits{Limit{"beta", &LeafAdaptive::beta, Range::unit}, Limit{"epsilon", &LeafAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr bool per_leaf = true;
  static constexpr Name sums[]{"g^2"};
  static constexpr Name kept[]{"n <- beta n + (1 - beta) norm(g)^2"};
  static constexpr Name scalars[]{"1 / (sqrt(n) + epsilon)"};

  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step& step, const Sums& sum) const {
    return {step.leaf == 1 ? sum[0] : opaque(beta * step.before[0]) + opaque((1 - beta) * sum[0])};
  }
  constexpr std::array<double, 1> at(const Step& step, const Sums&) const {
    const double root = square_root(step.now[0]) + epsilon;
    return {root == 0 ? 0 : 1 / root};
  }

  static constexpr std::array<Term, 1> terms(const Record& r) { return {{{r.gradient, r.gradient}}}; }
  static constexpr void apply(Record& r, Lane factor) { r.update = r.update * factor; }
};

}  // namespace gradus
