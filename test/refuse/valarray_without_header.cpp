// refused: this is a std::valarray; add #include <gradus/tensor/valarray.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
#include <gradus/tensor/valarray.hpp>
#else
#include <valarray>
#endif

void step(std::valarray<float>& theta, const std::valarray<float>& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
