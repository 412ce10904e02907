// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/signed_square.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Yogi, by the paper's names and with its defaults.
struct Yogi {
  double lr = 0.01;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-3;
  double initial = 1e-6;  ///< the second moment at first
};

/// Yogi (Zaheer et al., 2018): Adam whose second moment shrinks slowly; `SignedSquare` has the formula. Both moments
/// are corrected, as in optax, which starts the first at `initial` as well; the paper corrects neither.
template <Yogi With = Yogi{}>
constexpr auto yogi(const Yogi& values = With) {
  return compose<With>(CorrectedMomentum{values.beta1}, SignedSquare{values.beta2, values.initial},
                       DivideByRoot{values.eps}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
