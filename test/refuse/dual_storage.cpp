// refused: slots or gradients that are stored in another type would lose what these numbers carry besides their value
// SPDX-License-Identifier: MIT
#include "support/dual.hpp"

#include <gradus/optimizer.hpp>

void step(std::vector<Dual>& theta, const std::vector<Dual>& gradient) {
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}};
#ifdef TWIN
  auto state = optimizer.init(theta, gradus::Storage<>{});
#else
  auto state = optimizer.init(theta, gradus::Storage<double>{});
#endif
  optimizer.ascend(theta, gradient, state);
}
