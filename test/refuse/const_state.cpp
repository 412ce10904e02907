// refused: the state is const, and a step changes it; pass it as it may be written
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta, const std::vector<double>& gradient) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
#ifdef TWIN
  auto state = optimizer.init(theta);
#else
  const auto state = optimizer.init(theta);
#endif
  optimizer.ascend(theta, gradient, state);
}
