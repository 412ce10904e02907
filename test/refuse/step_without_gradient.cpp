// refused: a step takes the parameters, their gradient and a state that outlives it, in this order
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <vector>

int main() {
  std::vector<double> theta(3), gradient(3);
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
#ifdef TWIN
  optimizer.descend(theta, gradient, state);
#else
  optimizer.descend(theta, state);
#endif
}
