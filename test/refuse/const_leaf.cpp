// refused: the parameters are const and cannot be stepped; pass them as they may be written
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <tuple>

using Set = std::tuple<std::vector<double>, double>;
#ifdef TWIN
using Theta = Set;
#else
using Theta = const Set;
#endif

void step(Theta& theta, const Set& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.ascend(theta, gradient, state);
}
