// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/scheduled_momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of NAdam, by PyTorch's names and with its defaults; 0 switches a feature off.
struct NAdam {
  double lr = 2e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  double momentum_decay = 4e-3;
  bool decoupled_weight_decay = false;
};

/// NAdam (Dozat, 2016), with its schedule of the momentum, as PyTorch computes it since 2.0; `ScheduledMomentum` has
/// the formula. `With` says which features are in the type.
template <NAdam With = NAdam{}>
constexpr auto nadam(const NAdam& values = With) {
  check_switches<With, &NAdam::weight_decay, &NAdam::decoupled_weight_decay>(
      "nadam", {"weight_decay", "decoupled_weight_decay"}, values);
  constexpr bool decays = With.weight_decay != 0, decoupled = With.decoupled_weight_decay;
  return compose<With>(part_if<(decays && !decoupled)>(WeightDecay{values.weight_decay}),
                       ScheduledMomentum{values.beta1, values.momentum_decay},
                       CorrectedAdaptive{values.beta2, values.eps},
                       part_if<(decays && decoupled)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
