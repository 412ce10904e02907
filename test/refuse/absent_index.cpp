// refused: this optimizer has no such policy
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
  gradus::Optimizer optimizer{gradus::Clip{}, gradus::Momentum{}, gradus::Clip{}};
#ifdef TWIN
  optimizer.get<gradus::Clip, 1>().value = 2;
#else
  optimizer.get<gradus::Clip, 2>().value = 2;
#endif
}
