// refused: a player's parameters are a view, whose copy cannot hold a gradient
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <span>

void play(std::vector<double>& x, double& y) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto of_x = [](const auto& a, double b, auto& gradient) { return gradient[0] = b, a[0] * b; };
  const auto of_y = [](const auto& a, double b, double& gradient) { return gradient = a[0], a[0] * b; };
#ifdef TWIN
  auto& part = x;
#else
  std::span<double> part(x);
#endif
  gradus::play({.steps = 10}, gradus::maximizer(part, of_x, optimizer), gradus::minimizer(y, of_y, optimizer));
}
