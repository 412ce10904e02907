// refused: the values of rows are an expression, and are referred to; keep them in a tensor
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>
#include <gradus/tensor/valarray.hpp>

void climb(std::vector<double>& theta, const std::valarray<double>& values, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  const std::vector<int> rows{1};
#ifdef TWIN
  optimizer.ascend(theta, gradus::lazy_rows(theta, rows, values), state);
#else
  optimizer.ascend(theta, gradus::lazy_rows(theta, rows, 2.0 * values), state);
#endif
}
