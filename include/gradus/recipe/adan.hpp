// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/nesterov_moments.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Adan, by the names and with the defaults of its authors' code; 0 switches a feature off.
struct Adan {
  double lr = 1e-3;
  double beta1 = 0.98;
  double beta2 = 0.92;
  double beta3 = 0.99;
  double eps = 1e-8;
  double weight_decay = 0;  ///< decoupled, the authors' `no_prox`; their default shrinks p after the step
};

/// Adan (Xie et al., 2022): Nesterov's momentum from the change of the gradient; `NesterovMoments` has the formula.
/// `With` says which features are in the type. `optax::adan` looks less far ahead.
template <Adan With = Adan{}>
constexpr auto adan(const Adan& values = With) {
  check_switch<With, &Adan::weight_decay>("adan", "weight_decay", values);
  return compose<With>(NesterovMoments{values.beta1, values.beta2, values.beta3, values.beta2},
                       DivideByRoot{values.eps}, part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       LearningRate{values.lr});
}

}  // namespace gradus::recipe
