// refused: a player of an extragradient game gathers (Accumulate)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
  double x = 1, y = 1;
  const auto of_x = [](double a, double b, double& gradient) { return gradient = b, a * b; };
  const auto of_y = [](double a, double b, double& gradient) { return gradient = a, a * b; };
  const gradus::Optimizer plain{gradus::LearningRate{}};
#ifdef TWIN
  const gradus::Optimizer other = plain;
#else
  const gradus::Optimizer other{gradus::Accumulate{2}, gradus::LearningRate{}};
#endif
  gradus::play<gradus::Moves::extragradient>(gradus::maximizer(x, of_x, plain), gradus::minimizer(y, of_y, other));
}
