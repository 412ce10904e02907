// refused: a std::list, std::forward_list or std::set keeps its elements apart and cannot be stepped; use a std::vector
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <list>

#ifdef TWIN
using Tensor = std::vector<double>;
#else
using Tensor = std::list<double>;
#endif

void step(Tensor& theta, const Tensor& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
