// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/distance_adaptation.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of D-Adapt AdamW, by optax's names and with its defaults.
struct DAdaptAdamW {
  double learning_rate = 1;  ///< 1, or what a schedule makes of it
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double estim_lr0 = 1e-6;
  double weight_decay = 0;  ///< decoupled
};

/// D-Adapt AdamW (Defazio and Mishchenko, 2023): AdamW without a rate to choose; `DistanceAdaptation` has the formula.
template <DAdaptAdamW With = DAdaptAdamW{}>
constexpr auto dadapt_adamw(const DAdaptAdamW& values = With) {
  return compose<With>(LearningRate{values.learning_rate}, DistanceAdaptation{values.beta1, values.beta2, values.eps,
                                                                              values.estim_lr0, values.weight_decay});
}

}  // namespace gradus::recipe
