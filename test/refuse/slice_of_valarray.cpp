// refused: a part of a std::valarray that may be written shows no elements; pass std::as_const(x)[part]
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>
#include <gradus/tensor/valarray.hpp>

void climb(std::vector<double>& theta, std::valarray<double>& gradients, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
#ifdef TWIN
  optimizer.ascend(theta, std::as_const(gradients)[std::slice(0, 2, 3)], state);
#else
  optimizer.ascend(theta, gradients[std::slice(0, 2, 3)], state);
#endif
}
