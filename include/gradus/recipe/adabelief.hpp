// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/belief.hpp>
#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdaBelief, by the names of its authors and with the defaults of optax.
struct AdaBelief {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-16;       ///< added to the root
  double eps_root = 1e-16;  ///< added to the second moment in every step
  double weight_decay = 0;  ///< decoupled
};

/// AdaBelief (Zhuang et al., 2020): Adam that divides by the gradient's deviation from its mean; `Belief` has the
/// formula. `With` says which features are in the type.
template <AdaBelief With = AdaBelief{}>
constexpr auto adabelief(const AdaBelief& values = With) {
  check_switch<With, &AdaBelief::weight_decay>("adabelief", "weight_decay", values);
  return compose<With>(Belief{values.beta1, values.beta2, values.eps_root}, DivideByRoot{values.eps},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
