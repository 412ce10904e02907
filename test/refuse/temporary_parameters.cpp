// refused: the parameters are a temporary with elements of its own
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

std::vector<double> gradient(const std::vector<double>& theta);

void step(std::vector<double>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, gradient(theta), state);
#else
  optimizer.ascend(gradient(theta), theta, state);
#endif
}
