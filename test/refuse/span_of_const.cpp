// refused: the parameters are const and cannot be stepped; pass them as they may be written
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Element = double;
#else
using Element = const double;
#endif

void step(std::span<Element> theta, std::span<const double> gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
