// refused: bind a gradient that stays where it is
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<double>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto yield = [](std::string_view, const std::vector<double>& leaf) { return leaf; };
#ifdef TWIN
  optimizer.ascend(theta, yield, state);
#else
  optimizer.bind(theta, yield, state);
#endif
}
