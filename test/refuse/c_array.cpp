// refused: this is an array of C; step std::span(x), or keep a std::array
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void step(double (&theta)[2], const double (&gradient)[2]) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  auto state = optimizer.init(std::span(theta));
  optimizer.ascend(std::span(theta), std::span(gradient), state);
#else
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
#endif
}
