// refused: what lies on a device is stepped at once, by one launch
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

using Theta = std::vector<support::DeviceVector<float>>;

void step(Theta& theta, const Theta& gradient, gradus::State& state, support::Stream& stream) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
#else
  auto step = optimizer.begin_ascent(theta, state, support::LateDevice{&stream});
#endif
}
