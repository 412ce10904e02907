// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/clip.hpp>
#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/look_ahead_momentum.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/previous_mean_square.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/follow.hpp>
#include <gradus/schedule/power.hpp>

namespace gradus::recipe {

/// The parameters of ADOPT, by the names and with the defaults of its authors' code.
struct Adopt {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.9999;
  double eps = 1e-6;
  bool clips = true;      ///< to (t - 1)^(1/4)
  bool nesterov = false;  ///< as in optax
};

/// ADOPT (Taniguchi et al., 2024): divides by the second moment of earlier steps, then averages. The first step only
/// measures. `With` says which features are in the type.
///
///     v <- beta1 v + (1 - beta1) clip(g / max(sqrt(s), eps)),   u <- lr v,   s <- beta2 s + (1 - beta2) g^2
template <Adopt With = Adopt{}>
constexpr auto adopt(const Adopt& values = With) {
  check_switches<With, &Adopt::clips, &Adopt::nesterov>("adopt", {"clips", "nesterov"}, values);
  return compose<With>(PreviousMeanSquare{values.beta2}, DivideByLargerRoot{values.eps},
                       part_if<With.clips>(follow<&Clip::value>(Power{.exponent = 0.25, .begin = 1})),
                       part_if<!With.nesterov>(AveragedMomentum{values.beta1}),
                       part_if<With.nesterov>(LookAheadMomentum{values.beta1, values.beta1}), LearningRate{values.lr});
}

}  // namespace gradus::recipe
