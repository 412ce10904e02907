// refused: this is a Thrust type; add #include <gradus/tensor/thrust.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

namespace thrust {
struct device_vector {  // stands for the library, which need not be installed
  double x[3];
};
}  // namespace thrust

#ifdef TWIN
using Theta = std::array<double, 3>;
#else
using Theta = thrust::device_vector;
#endif

void step(Theta& theta, const Theta& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.descend(theta, gradient, state);
}
