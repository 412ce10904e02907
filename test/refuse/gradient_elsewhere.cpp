// refused: of parameters and gradient one lies on the host and one on a device
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

#include <vector>

int main() {
  support::DeviceVector<float> theta;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
#ifdef TWIN
  support::DeviceVector<float> gradient;
#else
  std::vector<float> gradient;
#endif
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
