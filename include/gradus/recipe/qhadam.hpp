// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/blend.hpp>
#include <gradus/policy/blend_square.hpp>
#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of QHAdam, by the paper's names and with its defaults.
struct QhAdam {
  double lr = 1e-3;
  double nu1 = 0.7;  ///< weight of the first moment, in [0, 1]
  double nu2 = 1;    ///< weight of the second moment, in [0, 1]
  double beta1 = 0.995;
  double beta2 = 0.999;
  double eps = 1e-8;
};

/// QHAdam (Ma and Yarats, 2019): Adam with each moment mixed with what it averages.
///
///     u <- lr ((1 - nu1) g + nu1 m) / (sqrt((1 - nu2) g^2 + nu2 s) + eps)       m, s: the corrected moments
template <QhAdam With = QhAdam{}>
constexpr auto qhadam(const QhAdam& values = With) {
  return compose<With>(CorrectedMomentum{values.beta1}, Blend{1 - values.nu1, values.nu1},
                       CorrectedMeanSquare{values.beta2}, BlendSquare{values.nu2}, DivideByRoot{values.eps},
                       LearningRate{values.lr});
}

}  // namespace gradus::recipe
