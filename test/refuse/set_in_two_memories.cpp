// refused: some of the parameters lie on the host and some on a device
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

#include <tuple>
#include <vector>

int main() {
#ifdef TWIN
  using Second = support::DeviceVector<float>;
#else
  using Second = std::vector<float>;
#endif
  std::tuple<support::DeviceVector<float>, Second> theta, gradient;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
