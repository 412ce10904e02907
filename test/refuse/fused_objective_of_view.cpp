// refused: the parameters are a view, whose copy cannot hold a gradient
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <span>

using Views = std::vector<std::span<double>>;

double climb(Views& theta) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  const auto value = [](const Views& x) { return -x[0][0] * x[0][0]; };
  const auto gradient = [](const Views& x) { return std::vector<std::vector<double>>{{-2 * x[0][0]}}; };
  return gradus::maximize(gradus::objective(value, gradient), theta, optimizer).value;
#else
  const auto both = [](const Views& x, Views& gradient) { return gradient[0][0] = -2 * x[0][0], -x[0][0] * x[0][0]; };
  return gradus::maximize(both, theta, optimizer).value;
#endif
}
