// refused: this state is not that of a Partition with so many parts; keep what init returned as auto
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using namespace gradus;

void step(std::vector<double>& theta, const std::vector<double>& gradient) {
  const Partition optimizer{for_others(LearningRate{})};
#ifdef TWIN
  auto state = optimizer.init(theta);
#else
  State state = optimizer.init(theta);
#endif
  optimizer.ascend(theta, gradient, state);
}
