// refused: some of the parameters lie on the host and some on a device
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

#include <tuple>
#include <vector>

int main() {
#ifdef TWIN
  using Second = support::LateVector<float>;
#else
  using Second = std::vector<float>;
#endif
  std::tuple<support::LateVector<float>, Second> theta, gradient;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  support::Stream stream;
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
