// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/distance_adaptation.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Prodigy, by optax's names and with its defaults.
struct Prodigy {
  double learning_rate = 1;  ///< 1, or what a schedule makes of it
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double estim_lr0 = 1e-6;
  double estim_lr_coef = 1;
  double weight_decay = 0;  ///< decoupled
};

/// Prodigy (Mishchenko and Defazio, 2024): AdamW without a rate to choose; `ProdigyAdaptation` has the formula.
template <Prodigy With = Prodigy{}>
constexpr auto prodigy(const Prodigy& values = With) {
  return compose<With>(LearningRate{values.learning_rate},
                       ProdigyAdaptation{values.beta1, values.beta2, values.eps, values.estim_lr0, values.estim_lr_coef,
                                         values.weight_decay});
}

}  // namespace gradus::recipe
