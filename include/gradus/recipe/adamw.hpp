// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdamW, by PyTorch's names and with its defaults.
struct AdamW {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0.01;  ///< decoupled, scaled by lr
  bool amsgrad = false;
};

/// AdamW (Loshchilov and Hutter, 2019) as PyTorch computes it: `adam` with the decay behind the moments.
///
///     u <- lr ((m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps) - weight_decay p)
template <AdamW With = AdamW{}>
constexpr auto adamw(const AdamW& values = With) {
  check_switch<With, &AdamW::amsgrad>("adamw", "amsgrad", values);
  return compose<With>(CorrectedMomentum{values.beta1},
                       part_if<!With.amsgrad>(CorrectedAdaptive{values.beta2, values.eps}),
                       part_if<With.amsgrad>(LargestAdaptive{values.beta2, values.eps}),
                       WeightDecay{values.weight_decay}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
