// refused: a policy of this composition takes all leaves together
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(std::vector<std::vector<double>>& theta, const std::vector<double>& gradient, gradus::State& state) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::ClipLeafNorm{}, gradus::LearningRate{}};
#else
  const gradus::Optimizer optimizer{gradus::ClipNorm{}, gradus::LearningRate{}};
#endif
  auto step = optimizer.begin_descent(theta, state);
  step.leaf("[0]", gradient);
}
