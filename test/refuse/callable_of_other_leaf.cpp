// refused: this callable yields no gradient of a leaf of this type
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <tuple>

void step(std::tuple<std::vector<double>, std::vector<float>>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  optimizer.ascend(theta, [](std::string_view, const auto& leaf) { return leaf; }, state);
#else
  optimizer.ascend(theta, [](std::string_view, const std::vector<double>& leaf) { return leaf; }, state);
#endif
}
