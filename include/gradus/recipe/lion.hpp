// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/interpolated_momentum.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/sign.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Lion, by the paper's names; 0 switches a feature off.
struct Lion {
  double lr = 1e-4;
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0;  ///< decoupled
};

/// Lion (Chen et al., 2023): the sign of an average; `With` says which features are in the type.
///
///     u <- lr (sign(beta1 v + (1 - beta1) g) - weight_decay p),   v <- beta2 v + (1 - beta2) g
template <Lion With = Lion{}>
constexpr auto lion(const Lion& values = With) {
  check_switch<With, &Lion::weight_decay>("lion", "weight_decay", values);
  return compose<With>(InterpolatedMomentum{values.beta1, values.beta2}, Sign{},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
