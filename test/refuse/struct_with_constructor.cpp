// refused: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, or name the
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Line {
#ifndef TWIN
  explicit Line(double at_zero) : slope(0), intercept(at_zero) {}
#endif
  double slope;
  double intercept;
};

void step(Line& theta, const Line& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
