// refused: averages are put into a copy of the parameters, and the copy of a view has no memory of its own
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <span>

double climb(std::vector<double>& theta) {
  const gradus::Optimizer optimizer{gradus::MovingAverage{}};
  auto state = optimizer.init(theta);
#ifdef TWIN
  return gradus::averages(optimizer, theta, state).values()[0];
#else
  const std::span<double> view(theta);
  return gradus::averages(optimizer, view, state).values()[0];
#endif
}
