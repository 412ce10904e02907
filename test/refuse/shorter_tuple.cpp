// refused: the gradient is not a set like the parameters; give it the same struct, tuple, vector or map of tensors
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <tuple>

using Theta = std::tuple<double, double>;
#ifdef TWIN
using Gradient = Theta;
#else
using Gradient = std::tuple<double>;
#endif

void step(Theta& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
