// refused: this backend steps what lies on a device, and the parameters lie on the host
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

#include <vector>

int main() {
  std::vector<float> theta, gradient;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
#ifdef TWIN
  optimizer.ascend(theta, gradient, state, gradus::backend::Serial{});
#else
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
#endif
}
