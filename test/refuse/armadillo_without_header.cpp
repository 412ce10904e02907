// refused: this is an Armadillo type; add #include <gradus/tensor/armadillo.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

namespace arma {
struct Col {  // stands for the library, which need not be installed
  double x[3];
};
}  // namespace arma

#ifdef TWIN
using Theta = std::array<double, 3>;
#else
using Theta = arma::Col;
#endif

void step(Theta& theta, const Theta& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.descend(theta, gradient, state);
}
