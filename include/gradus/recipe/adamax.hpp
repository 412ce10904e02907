// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/infinity_adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdaMax, by PyTorch's names and with its defaults; 0 switches a feature off.
struct AdaMax {
  double lr = 2e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;  ///< coupled
};

/// AdaMax (Kingma and Ba, 2015) as PyTorch computes it; `With` says which features are in the type.
///
///     m <- beta1 m + (1 - beta1) g,   n <- max(beta2 n, |g| + eps),   u <- lr / (1 - beta1^t) m / n
template <AdaMax With = AdaMax{}>
constexpr auto adamax(const AdaMax& values = With) {
  check_switch<With, &AdaMax::weight_decay>("adamax", "weight_decay", values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       CorrectedMomentum{values.beta1}, InfinityAdaptive{values.beta2, values.eps},
                       LearningRate{values.lr});
}

}  // namespace gradus::recipe
