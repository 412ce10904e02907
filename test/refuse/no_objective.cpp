// refused: the objective is neither objective(value, gradient) nor a function double(const Theta&, Theta& gradient)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto value = [](const std::vector<double>& x) { return -x[0] * x[0]; };
#ifdef TWIN
  const auto gradient = [](const std::vector<double>& x) { return std::vector<double>{-2 * x[0]}; };
  gradus::maximize(gradus::objective(value, gradient), theta, optimizer);
#else
  gradus::maximize(value, theta, optimizer);
#endif
}
