// refused: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Gradient = std::vector<double>;
#else
class Gradient {
  std::vector<double> values;
};
#endif

void step(std::vector<double>& theta, const Gradient& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
