// refused: averages are of a composition with one policy that keeps some; put one TailAverage
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void save(const gradus::Averages<std::vector<double>>&);

void climb(std::vector<double>& theta) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::LearningRate{1}, gradus::TailAverage{}};
#else
  const gradus::Optimizer optimizer{gradus::LearningRate{1}};
#endif
  auto state = optimizer.init(theta);
  save(gradus::averages(optimizer, theta, state));
}
