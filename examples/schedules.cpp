// SPDX-License-Identifier: MIT

// Hyper-parameters that follow schedules: a rate that warms up and falls, a momentum that goes the other way, and a
// schedule of your own.

#include <gradus/gradus.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <vector>

int main() {
  // [schedules]
  using namespace gradus;
  const Joined rate{Linear{0, 0.1, 20}, 20, Cosine{.from = 0.1, .steps = 180}};
  const Piecewise factor{std::array{Knot{0, 0.95}, Knot{20, 0.85}, Knot{200, 0.95}}};
  const Optimizer optimizer{follow<&Clip::value>([](std::int64_t t) { return 10 / std::sqrt(t); }),
                            follow<&Momentum::factor>(factor), Nesterov{}, follow<&LearningRate::rate>(rate)};
  // [schedules]
  std::vector<double> theta{3, -4};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 200; ++t) optimizer.ascend(theta, std::vector{1 - theta[0], 2 - theta[1]}, state);
  std::cout << explain(optimizer) << "theta = (" << theta[0] << ", " << theta[1] << ")\n";
  return std::abs(theta[0] - 1) < 1e-3 && std::abs(theta[1] - 2) < 1e-3 ? 0 : 1;
}
