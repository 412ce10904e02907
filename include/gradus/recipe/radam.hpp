// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/rectified_adaptive.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of RAdam, by PyTorch's names and with its defaults; 0 switches a feature off.
struct RAdam {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  bool decoupled_weight_decay = false;
};

/// RAdam (Liu et al., 2020) as PyTorch computes it: Adam whose divisor waits until its second moment is known;
/// `RectifiedAdaptive` has the formula. `With` says which features are in the type.
template <RAdam With = RAdam{}>
constexpr auto radam(const RAdam& values = With) {
  check_switches<With, &RAdam::weight_decay, &RAdam::decoupled_weight_decay>(
      "radam", {"weight_decay", "decoupled_weight_decay"}, values);
  constexpr bool decays = With.weight_decay != 0, decoupled = With.decoupled_weight_decay;
  return compose<With>(part_if<(decays && !decoupled)>(WeightDecay{values.weight_decay}),
                       CorrectedMomentum{values.beta1}, TorchRectifiedAdaptive{values.beta2, values.eps},
                       part_if<(decays && decoupled)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
