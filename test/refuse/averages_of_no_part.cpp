// refused: averages are of parts with one policy each that keeps some; put one TailAverage
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void save(const gradus::Averages<std::vector<double>>&);

void climb(std::vector<double>& theta) {
#ifdef TWIN
  const gradus::Partition optimizer{gradus::for_others(gradus::LearningRate{1}, gradus::TailAverage{})};
#else
  const gradus::Partition optimizer{gradus::for_others(gradus::LearningRate{1})};
#endif
  auto state = optimizer.init(theta);
  save(gradus::averages(optimizer, theta, state));
}
