// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/sign.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Signum, by the paper's names; 0 switches a feature off.
struct Signum {
  double lr = 1e-4;
  double momentum = 0.9;
  double weight_decay = 0;  ///< decoupled
};

/// Signum (Bernstein et al., 2018): the sign of averaged momentum; without momentum, signSGD.
///
///     v <- momentum v + (1 - momentum) g,   u <- lr (sign(v) - weight_decay p)
template <Signum With = Signum{}>
constexpr auto signum(const Signum& values = With) {
  check_switches<With, &Signum::momentum, &Signum::weight_decay>("signum", {"momentum", "weight_decay"}, values);
  return compose<With>(part_if<(With.momentum != 0)>(AveragedMomentum{values.momentum}), Sign{},
                       part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
