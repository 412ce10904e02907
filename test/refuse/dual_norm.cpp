// refused: a policy of this composition takes a norm or a sum, in double, which would lose what these numbers carry
// SPDX-License-Identifier: MIT
#include "support/dual.hpp"

#include <gradus/optimizer.hpp>

void step(std::vector<Dual>& theta, const std::vector<Dual>& gradient) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::Clip{}, gradus::LearningRate{}};
#else
  const gradus::Optimizer optimizer{gradus::ClipNorm{}, gradus::LearningRate{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
