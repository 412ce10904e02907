// refused: the parameters lie on a device; leave it out
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

int main() {
  support::DeviceVector<float> theta, gradient;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
#ifdef TWIN
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
#else
  optimizer.ascend(theta, gradient, state, gradus::backend::Serial{});
#endif
}
