// refused: a std::list, std::forward_list or std::set keeps its elements apart and cannot be stepped; use a std::vector
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <list>

#ifdef TWIN
using Layers = std::vector<std::vector<float>>;
#else
using Layers = std::list<std::vector<float>>;
#endif

void step(Layers& theta, const Layers& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
