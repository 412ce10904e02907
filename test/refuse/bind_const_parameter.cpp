// refused: the parameters are const and cannot be stepped; pass them as they may be written
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Theta = std::vector<double>;
#else
using Theta = const std::vector<double>;
#endif

void step(Theta& theta, const std::vector<double>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto bound = optimizer.bind(theta, gradient, state);
  bound.ascend();
}
