// refused: the objective comes first, then the parameters
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <vector>

double bowl(const std::vector<double>& x, std::vector<double>& gradient) {
  gradient = {2 * x[0]};
  return x[0] * x[0];
}

gradus::DriveResult run(std::vector<double>& theta) {
  const gradus::Optimizer optimizer{gradus::LearningRate{0.1}};
#ifdef TWIN
  return gradus::minimize(bowl, theta, optimizer);
#else
  return gradus::minimize(theta, bowl, optimizer);
#endif
}
