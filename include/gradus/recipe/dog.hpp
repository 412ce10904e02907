// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/distance_over_gradients.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of DoG, by the names of optax.
struct Dog {
  double reps_rel = 1e-6;  ///< the first distance as a share of the parameters' norm
  double eps = 1e-8;
  double weight_decay = 0;  ///< coupled
};

/// DoG (Ivgi, Hinder and Carmon, 2023): the rate is the distance covered over the root of the sum of squared gradients;
/// `DistanceOverGradients` has the formula. `With` says which features are in the type.
template <Dog With = Dog{}>
constexpr auto dog(const Dog& values = With) {
  check_switch<With, &Dog::weight_decay>("dog", "weight_decay", values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       DistanceOverGradients{values.reps_rel, values.eps});
}

}  // namespace gradus::recipe
