// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/ada_delta.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdaDelta, by PyTorch's names and with its defaults; 0 switches a feature off.
struct Adadelta {
  double lr = 1;
  double rho = 0.9;
  double eps = 1e-6;
  double weight_decay = 0;  ///< coupled
};

/// AdaDelta (Zeiler, 2012) as PyTorch computes it; `With` says which features are in the type.
///
///     s <- rho s + (1 - rho) g^2,   w <- g sqrt(d + eps) / sqrt(s + eps),   d <- rho d + (1 - rho) w^2,   u <- lr w
template <Adadelta With = Adadelta{}>
constexpr auto adadelta(const Adadelta& values = With) {
  check_switch<With, &Adadelta::weight_decay>("adadelta", "weight_decay", values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       AdaDelta{values.rho, values.eps}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
