// refused: the parameters are integers, which a small step cannot move; use float or double
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Element = float;
#else
using Element = int;
#endif

void step(std::vector<Element>& theta, const std::vector<Element>& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
