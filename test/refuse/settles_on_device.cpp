// refused: sums until a number settles (Simplex, L1Ball), which a device cannot wait for
// SPDX-License-Identifier: MIT
#include "support/late_device.hpp"

#include <gradus/optimizer.hpp>

int main() {
  support::DeviceVector<float> theta, gradient;
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Ball{}};
#else
  const gradus::Optimizer optimizer{gradus::LearningRate{}, gradus::Simplex{}};
#endif
  auto state = optimizer.init(theta);
  support::Stream stream;
  optimizer.ascend(theta, gradient, state, support::LateDevice{&stream});
}
