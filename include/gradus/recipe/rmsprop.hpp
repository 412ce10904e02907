// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/variance.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of RMSProp, by PyTorch's names and with its defaults; 0 switches a feature off.
struct RmsProp {
  double lr = 0.01;
  double alpha = 0.99;
  double eps = 1e-8;
  double weight_decay = 0;  ///< coupled
  double momentum = 0;
  bool centered = false;
};

/// RMSProp (Tieleman and Hinton, 2012) as PyTorch computes it; `With` says which features are in the type.
///
///     s <- alpha s + (1 - alpha) g^2,   v <- momentum v + g / (sqrt(s) + eps),   u <- lr v
template <RmsProp With = RmsProp{}>
constexpr auto rmsprop(const RmsProp& values = With) {
  check_switches<With, &RmsProp::weight_decay, &RmsProp::momentum, &RmsProp::centered>(
      "rmsprop", {"weight_decay", "momentum", "centered"}, values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       part_if<!With.centered>(MeanSquare{values.alpha}),
                       part_if<With.centered>(Variance{values.alpha}), DivideByRoot{values.eps},
                       part_if<(With.momentum != 0)>(Momentum{values.momentum}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
