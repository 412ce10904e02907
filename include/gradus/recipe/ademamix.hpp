// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/mixed_momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdEMAMix, by the paper's names; 0 switches a feature off.
struct AdEmaMix {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double beta3 = 0.9999;
  double alpha = 5;  ///< weight of the slow average
  double eps = 1e-8;
  double weight_decay = 0;  ///< decoupled
};

/// AdEMAMix (Pagliardini, Ablin and Grangier, 2024): Adam with a fast and a slow average of the gradient;
/// `MixedMomentum` has the formula. beta3 and alpha are constant; `follow<&MixedMomentum::alpha>` gives the paper's
/// growth. `With` says which features are in the type.
template <AdEmaMix With = AdEmaMix{}>
constexpr auto ademamix(const AdEmaMix& values = With) {
  check_switch<With, &AdEmaMix::weight_decay>("ademamix", "weight_decay", values);
  return compose<With>(MixedMomentum{values.beta1, values.beta3, values.alpha},
                       CorrectedAdaptive{values.beta2, values.eps},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
