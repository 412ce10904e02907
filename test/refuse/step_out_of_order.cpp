// refused: ascend(theta, gradient, state); init(theta) makes the state
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <vector>

int main() {
  std::vector<double> theta(3), gradient(3);
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
#ifdef TWIN
  optimizer.ascend(theta, gradient, state, gradus::Value{1});
#else
  optimizer.ascend(state, theta, gradient);
#endif
}
