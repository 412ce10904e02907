// refused: these are complex numbers; step real and imaginary parts
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <complex>

#ifdef TWIN
using Vector = std::vector<double>;
#else
using Vector = std::vector<std::complex<double>>;
#endif

void step(Vector& theta, const Vector& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
