// refused: a constraint moves the parameters away from where another policy knows them, such as ScheduleFree
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::LearningRate{1}, gradus::ScheduleFree{}};
#else
  const gradus::Optimizer optimizer{gradus::LearningRate{1}, gradus::ScheduleFree{}, gradus::Box{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
