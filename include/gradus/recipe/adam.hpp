// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Adam, by PyTorch's names and with its defaults.
struct Adam {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;  ///< coupled: the moments see it
  bool amsgrad = false;
};

/// Adam (Kingma and Ba, 2015), or AMSGrad, as PyTorch computes them; `With` says which features are in the type.
///
///     m <- beta1 m + (1 - beta1) g,   s <- beta2 s + (1 - beta2) g^2
///     u <- lr (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps)
template <Adam With = Adam{}>
constexpr auto adam(const Adam& values = With) {
  check_switches<With, &Adam::weight_decay, &Adam::amsgrad>("adam", {"weight_decay", "amsgrad"}, values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       CorrectedMomentum{values.beta1},
                       part_if<!With.amsgrad>(CorrectedAdaptive{values.beta2, values.eps}),
                       part_if<With.amsgrad>(LargestAdaptive{values.beta2, values.eps}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
