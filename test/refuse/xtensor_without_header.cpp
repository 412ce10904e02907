// refused: this is an xtensor type; add #include <gradus/tensor/xtensor.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <xtensor/xarray.hpp>
#ifdef TWIN
#include <gradus/tensor/xtensor.hpp>
#endif

void step(xt::xarray<double>& theta, const xt::xarray<double>& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
