// refused: the gradient has the element type of no parameter
// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

void step(xt::xarray<double>& theta, const xt::xarray<int>& counts, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto step = optimizer.begin_descent(theta, state);
#ifdef TWIN
  step.leaf(0, 2.0 * counts);
#else
  step.leaf(0, counts);
#endif
}
