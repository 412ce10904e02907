// refused: behind the state come a backend, an observer, which takes a Report
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<double>& theta, const std::vector<double>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, gradient, state, gradus::backend::Serial{}, [](const gradus::Report&) {});
#else
  optimizer.ascend(theta, gradient, state, "every 10 steps");
#endif
}
