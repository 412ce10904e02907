// refused: this optimizer has no such policy
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
  gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}};
#ifdef TWIN
  optimizer.get<gradus::Momentum>().factor = 0.5;
#else
  optimizer.get<gradus::Adaptive>().beta = 0.5;
#endif
}
