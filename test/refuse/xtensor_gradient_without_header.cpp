// refused: this is an xtensor type; add #include <gradus/tensor/xtensor.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <xtensor/xarray.hpp>
#ifdef TWIN
#include <gradus/tensor/xtensor.hpp>
#endif

void step(std::vector<double>& theta, const xt::xarray<double>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
