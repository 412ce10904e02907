// refused: behind the state of bind comes a backend
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<double>& theta, const std::vector<double>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto see = [](const gradus::Report&) {};
#ifdef TWIN
  optimizer.bind(theta, gradient, state, gradus::backend::Serial{}).ascend(see);
#else
  optimizer.bind(theta, gradient, state, see).ascend();
#endif
}
