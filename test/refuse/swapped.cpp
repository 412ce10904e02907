// refused: the parameters are an expression and cannot be written; parameters come first, then the gradient
// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

void step(xt::xarray<double>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, -2.0 * theta, state);
#else
  optimizer.ascend(-2.0 * theta, theta, state);
#endif
}
