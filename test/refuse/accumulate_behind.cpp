// refused: Accumulate stands behind a policy that changes the gradient or the update; put it in front
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::SkipNonFinite{}, gradus::Accumulate{4}, gradus::Clip{1}};
#else
  const gradus::Optimizer optimizer{gradus::Clip{1}, gradus::Accumulate{4}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
