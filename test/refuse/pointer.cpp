// refused: a pointer does not say how many elements it has; step std::span(pointer, size)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <span>

int main() {
  double memory[4]{};
  double* theta = memory;
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  auto state = optimizer.init(std::span(theta, 4));
#else
  auto state = optimizer.init(theta);
#endif
}
