// SPDX-License-Identifier: MIT
// The first page: a composition written down, and a thousand steps to the top of a hill.
#include <cmath>
#include <cstdio>

// [first_page]
#include <gradus/gradus.hpp>  // engine, every policy, std containers, SIMD, xtensor

// Of f(x, y) = -(x - 1)^2 - 5 (y - 2)^2 + (x - 1) (y - 2), which is highest at (1, 2).
xt::xarray<double> gradient(const xt::xarray<double>& at) {
  const double x = at(0) - 1, y = at(1) - 2;
  return {y - 2 * x, x - 10 * y};
}

int main() {
  gradus::Optimizer optimizer{gradus::Clip{.value = 1.0},
                              gradus::Momentum{.factor = 0.9},
                              gradus::Nesterov{},
                              gradus::Adaptive{.beta = 0.999, .epsilon = 1e-8},
                              gradus::LearningRate{.rate = 0.01},
                              gradus::Warmup{.steps = 100},
                              gradus::Decay{.factor = 0.9995}};

  xt::xarray<double> theta{4.0, -2.0};
  auto state = optimizer.init(theta);  // the only allocation
  for (int i = 0; i < 1000; ++i)
    optimizer.ascend(theta, gradient(theta), state);  // or .descend(...)

  std::printf("theta = (%.6f, %.6f)\n", theta(0), theta(1));
  return std::abs(theta(0) - 1) < 1e-6 && std::abs(theta(1) - 2) < 1e-6 ? 0 : 1;
}
// [first_page]
