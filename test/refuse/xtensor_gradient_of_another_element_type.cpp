// refused: the gradient has another element type than the parameters; store it in theirs, pass an expression
// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

void step(xt::xarray<float>& theta, const xt::xarray<double>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, 1.0 * gradient, state);
#else
  optimizer.ascend(theta, gradient, state);
#endif
}
