// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/blend.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of quasi-hyperbolic momentum, by the paper's names and with its defaults.
struct Qhm {
  double lr = 1;
  double beta = 0.999;
  double nu = 0.7;  ///< weight of the average, in [0, 1]
};

/// QHM (Ma and Yarats, 2019): plain ascent and averaged momentum, mixed.
///
///     v <- beta v + (1 - beta) g,   u <- lr ((1 - nu) g + nu v)
///
/// Errors  `Refused` unless nu lies in [0, 1].
template <Qhm With = Qhm{}>
constexpr auto qhm(const Qhm& values = With) {
  return compose<With>(AveragedMomentum{values.beta}, Blend{1 - values.nu, values.nu}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
