// refused: the parameters are integers, which a small step cannot move; use float or double
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
