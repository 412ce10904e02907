// refused: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, or name its
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <tuple>

struct Meta {
  int layers;
};
#ifdef TWIN
using Theta = std::tuple<std::vector<float>>;
#else
using Theta = std::tuple<std::vector<float>, Meta>;
#endif

void step(Theta& theta, const Theta& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
