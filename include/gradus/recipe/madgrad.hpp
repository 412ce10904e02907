// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/dual_averaging.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of MADGRAD, by the names and with the defaults of its authors' code.
struct Madgrad {
  double lr = 1e-2;
  double momentum = 0.9;
  double weight_decay = 0;  ///< coupled
  double eps = 1e-6;
};

/// MADGRAD (Defazio and Jelassi, 2022): dual averaging with a cube root; `DualAveraging` has the formula.
template <Madgrad With = Madgrad{}>
constexpr auto madgrad(const Madgrad& values = With) {
  check_switch<With, &Madgrad::weight_decay>("madgrad", "weight_decay", values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr},
                       DualAveraging{values.momentum, values.eps});
}

}  // namespace gradus::recipe
