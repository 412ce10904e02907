// refused: this is an array of Boost.MultiArray; add #include <gradus/tensor/multi_array.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
#include <gradus/tensor/multi_array.hpp>
#else
#include <boost/multi_array.hpp>
#endif

using Matrix = boost::multi_array<double, 2>;

void step(Matrix& theta, const Matrix& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
