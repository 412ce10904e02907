// refused: gradus: max_stable_rate asks about the LearningRate; the composition needs one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
#ifdef TWIN
  const gradus::Optimizer<gradus::Momentum, gradus::LearningRate> optimizer;
#else
  const gradus::Optimizer<gradus::Momentum> optimizer;
#endif
  return gradus::max_stable_rate(optimizer, 1) > 0 ? 0 : 1;
}
