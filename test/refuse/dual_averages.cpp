// refused: averages, and the gradients that are checked, are calculated in double, which would lose what these numbers
// SPDX-License-Identifier: MIT
#include "support/dual.hpp"

#include <gradus/optimizer.hpp>

#ifdef TWIN
using Vector = std::vector<double>;
#else
using Vector = std::vector<Dual>;
#endif

Vector averaged(const Vector& theta) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::MovingAverage{}};
  return gradus::averages(optimizer, theta, optimizer.init(theta)).values();
}
