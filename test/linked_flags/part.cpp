// SPDX-License-Identifier: MIT
// Compiled twice, with different flags.
#include "part.hpp"

namespace {

std::vector<float> climb() {
  std::vector<float> theta(1000, 1), gradient(theta.size());
  const Chain optimizer;
  auto state = optimizer.init(theta);
  for (int step = 0; step < 5; ++step) {
    for (std::size_t i = 0; i < theta.size(); ++i) gradient[i] = static_cast<float>(i % 7) - theta[i];
    optimizer.ascend(theta, gradient, state);
  }
  return theta;
}

}  // namespace

Part PART() { return {&Chain::ascend<std::vector<float>&, std::vector<float>, gradus::State>, climb}; }
