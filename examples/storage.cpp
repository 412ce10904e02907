// SPDX-License-Identifier: MIT
// Parameters in double, slots and gradient in float: half the memory of the slots, all digits of the parameters.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>
#include <vector>

int main() {
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.1}};
  // [storage]
  std::vector<double> theta(1000, 1.0);
  const std::vector<float> gradient(1000, 0.5f);
  auto state = optimizer.init(theta, gradus::Storage<float, float>{});
  optimizer.ascend(theta, gradient, state);
  // [storage]
  const float velocity = state.slot<float>("velocity")[999];
  std::cout << "theta = " << theta[999] << ", velocity = " << velocity << "\n";
  return std::abs(theta[999] - 1.05) < 1e-12 && velocity == 0.5f ? 0 : 1;
}
