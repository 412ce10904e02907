// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/leaf_adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of NovoGrad, by the paper's names; 0 switches a feature off.
struct NovoGrad {
  double lr = 0.01;
  double beta1 = 0.9;
  double beta2 = 0.25;
  double eps = 1e-6;
  double weight_decay = 0;  ///< inside the momentum
};

/// NovoGrad (Ginsburg et al., 2019): momentum of gradients normalized leaf by leaf; `LeafAdaptive` has the formula.
/// `With` says which features are in the type.
///
///     v <- beta1 v + g / (sqrt(n) + eps) - weight_decay p,   u <- lr v
template <NovoGrad With = NovoGrad{}>
constexpr auto novograd(const NovoGrad& values = With) {
  check_switch<With, &NovoGrad::weight_decay>("novograd", "weight_decay", values);
  return compose<With>(LeafAdaptive{values.beta2, values.eps},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), Momentum{values.beta1},
                       LearningRate{values.lr});
}

}  // namespace gradus::recipe
