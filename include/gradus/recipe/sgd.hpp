// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of SGD, by PyTorch's names and with its defaults; 0 switches a feature off.
struct Sgd {
  double lr = 1e-3;
  double momentum = 0;
  double dampening = 0;
  double weight_decay = 0;  ///< coupled
  bool nesterov = false;
};

/// Stochastic gradient steps with momentum as PyTorch computes them; `With` says which features are in the type.
///
///     u <- g - weight_decay p,   v <- momentum v + (1 - dampening) u (v <- u at first),   u <- lr v
template <Sgd With = Sgd{}>
constexpr auto sgd(const Sgd& values = With) {
  check_switches<With, &Sgd::momentum, &Sgd::weight_decay, &Sgd::nesterov>(
      "sgd", {"momentum", "weight_decay", "nesterov"}, values);
  const double dampening = values.momentum != 0 ? values.dampening : 0;  // a part of the momentum, which may be off
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       part_if<(With.momentum != 0)>(TorchMomentum{values.momentum, dampening}),
                       part_if<With.nesterov>(Nesterov{}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
