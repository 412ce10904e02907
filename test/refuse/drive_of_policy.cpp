// refused: behind objective and parameters comes an optimizer, and behind it its state or the options
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

int main() {
  double theta = 1;
  const auto square = [](double x, double& gradient) { return gradient = 2 * x, x * x; };
#ifdef TWIN
  gradus::minimize(square, theta, gradus::Optimizer{gradus::LearningRate{}});
#else
  gradus::minimize(square, theta, gradus::LearningRate{});
#endif
}
