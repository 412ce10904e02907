// refused: the parameters are const and cannot be stepped
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Theta = std::vector<double>;
#else
using Theta = const std::vector<double>;
#endif

double climb(Theta& theta) {
  const auto both = [](const auto& x, auto& gradient) { return gradient[0] = -2 * x[0], -x[0] * x[0]; };
  return gradus::maximize(both, theta, gradus::Optimizer{gradus::LearningRate{}}).value;
}
