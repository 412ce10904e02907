// refused: draws its numbers on the host (Noise, Langevin), and a device has none
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

int main() {
  support::DeviceVector<float> theta, gradient;
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#else
  const gradus::Optimizer optimizer{gradus::Noise{}, gradus::LearningRate{}};
#endif
  auto state = optimizer.init(theta);
  support::Stream stream;
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
