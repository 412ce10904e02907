// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/trust_ratio.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of LARS, by the names of optax; 0 switches a feature off.
struct Lars {
  double lr = 0.1;
  double weight_decay = 0;  ///< coupled
  double trust_coefficient = 0.001;
  double eps = 0;
  double momentum = 0.9;  ///< of the steps: it stands behind the rate
};

/// LARS (You, Gitman and Ginsburg, 2017): each leaf steps in proportion to its own length; `TrustRatio` has the
/// formula. `With` says which features are in the type.
template <Lars With = Lars{}>
constexpr auto lars(const Lars& values = With) {
  check_switches<With, &Lars::weight_decay, &Lars::momentum>("lars", {"weight_decay", "momentum"}, values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       TrustRatio{values.trust_coefficient, values.eps}, LearningRate{values.lr},
                       part_if<(With.momentum != 0)>(Momentum{values.momentum}));
}

}  // namespace gradus::recipe
