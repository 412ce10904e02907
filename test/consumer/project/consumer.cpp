// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

int main() {
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.1}};
  double x = 4;
  auto state = optimizer.init(x);
  for (int i = 0; i < 200; ++i) optimizer.descend(x, 2 * x, state);
  return -1e-6 < x && x < 1e-6 ? 0 : 1;
}
