// refused: a step leaf by leaf is not reported
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<std::vector<double>>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.begin_descent(theta, state, gradus::backend::Serial{}).end();
#else
  optimizer.begin_descent(theta, state, [](const gradus::Report&) {}).end();
#endif
}
