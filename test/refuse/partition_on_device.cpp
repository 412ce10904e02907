// refused: what lies on a device is stepped by one optimizer
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

using Theta = std::vector<support::DeviceVector<float>>;

void step(Theta& theta, const Theta& gradient, support::Stream& stream) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#else
  const gradus::Partition optimizer{gradus::for_others(gradus::LearningRate{})};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
