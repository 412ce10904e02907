// refused: gradus: max_stable_rate takes no policies that follow a schedule or differ by leaf; give them the
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}};
#else
  const gradus::Optimizer optimizer{gradus::follow<&gradus::Momentum::factor>(gradus::Linear{}), gradus::LearningRate{}};
#endif
  return gradus::max_stable_rate(optimizer, 1) > 0 ? 0 : 1;
}
