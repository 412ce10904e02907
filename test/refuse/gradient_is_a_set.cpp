// refused: the gradient is a set of tensors where the parameters are one tensor; give it their shape
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <tuple>

#ifdef TWIN
using Gradient = std::vector<double>;
#else
using Gradient = std::tuple<std::vector<double>, double>;
#endif

void step(std::vector<double>& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
