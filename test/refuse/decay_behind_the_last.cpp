// refused: a policy that changes the update stands behind one that says where the step ends, such as ScheduleFree
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::WeightDecay{}, gradus::LearningRate{1}, gradus::ScheduleFree{}};
#else
  const gradus::Optimizer optimizer{gradus::LearningRate{1}, gradus::ScheduleFree{}, gradus::WeightDecay{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
