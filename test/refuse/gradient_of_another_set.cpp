// refused: the gradient is not a set like the parameters; give it the same struct, tuple, vector or map of tensors
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <map>
#include <string>

using Theta = std::map<std::string, std::vector<double>>;
#ifdef TWIN
using Gradient = Theta;
#else
using Gradient = std::vector<std::vector<double>>;
#endif

void step(Theta& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
