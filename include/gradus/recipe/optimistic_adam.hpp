// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/optimistic.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of optimistic Adam, by the names of optax.
struct OptimisticAdam {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double alpha = 1;  ///< weight of Adam's direction
  double beta = 1;   ///< weight of its change
};

/// Optimistic Adam (Daskalakis et al., 2018): the optimistic step along Adam's direction.
///
///     u <- lr ((alpha + beta) d - beta d_(t-1))                                 d: Adam's direction
template <OptimisticAdam With = OptimisticAdam{}>
constexpr auto optimistic_adam(const OptimisticAdam& values = With) {
  return compose<With>(CorrectedMomentum{values.beta1}, CorrectedAdaptive{values.beta2, values.eps},
                       Optimistic{values.alpha, values.beta}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
