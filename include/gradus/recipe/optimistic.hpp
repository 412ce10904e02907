// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/optimistic.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of the optimistic gradient, by the names and with the defaults of optax.
struct OptimisticGradient {
  double lr = 0.01;
  double alpha = 1;  ///< weight of the gradient
  double beta = 1;   ///< weight of its change
};

/// The optimistic gradient (Popov, 1980; Daskalakis et al., 2018): converges in games where plain gradient steps go in
/// circles. `Optimistic` has the formula.
template <OptimisticGradient With = OptimisticGradient{}>
constexpr auto optimistic(const OptimisticGradient& values = With) {
  return compose<With>(Optimistic{values.alpha, values.beta}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
