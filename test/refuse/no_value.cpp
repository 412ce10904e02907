// refused: a policy of this composition asks for the objective's value; give the step Value{f} behind the state, or let
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void climb(std::vector<double>& theta) {
  const gradus::Optimizer optimizer{gradus::PolyakStep{}};
  auto state = optimizer.init(theta);
#ifdef TWIN
  optimizer.ascend(theta, theta, state, gradus::Value{1});
#else
  optimizer.ascend(theta, theta, state);
#endif
}
