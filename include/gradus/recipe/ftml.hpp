// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/settling.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of FTML, by the paper's names and with its defaults.
struct Ftml {
  double lr = 1e-3;
  double beta1 = 0.6;
  double beta2 = 0.999;
  double eps = 1e-8;
};

/// Follow the moving leader (Zheng and Kwok, 2017). The paper keeps the leader as z / d; without constraints the two
/// cancel, and one slot is left:
///
///     u <- lr (1 - beta1) / (1 - beta1^t) g / (sqrt(s) + eps)                   s: the corrected second moment
template <Ftml With = Ftml{}>
constexpr auto ftml(const Ftml& values = With) {
  return compose<With>(CorrectedAdaptive{values.beta2, values.eps}, LearningRate{values.lr}, Settling{values.beta1});
}

}  // namespace gradus::recipe
