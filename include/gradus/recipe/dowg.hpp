// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/distance_over_gradients.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of DoWG, by the names of optax.
struct Dowg {
  double init_estim_sq_dist = 1e-4;  ///< the first squared distance
  double eps = 1e-4;
  double weight_decay = 0;  ///< coupled
};

/// DoWG (Khaled, Mishchenko and Jin, 2023): DoG with weighted gradients; `DistanceOverWeightedGradients` has the
/// formula. `With` says which features are in the type.
template <Dowg With = Dowg{}>
constexpr auto dowg(const Dowg& values = With) {
  check_switch<With, &Dowg::weight_decay>("dowg", "weight_decay", values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       DistanceOverWeightedGradients{values.init_estim_sq_dist, values.eps});
}

}  // namespace gradus::recipe
