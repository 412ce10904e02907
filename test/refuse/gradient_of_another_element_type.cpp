// refused: the gradient has another element type than the parameters; store it in theirs, pass an expression
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Gradient = std::vector<float>;
#else
using Gradient = std::vector<double>;
#endif

void step(std::vector<float>& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
