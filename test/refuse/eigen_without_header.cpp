// refused: this is an Eigen type; add #include <gradus/tensor/eigen.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

namespace Eigen {
struct VectorXd {  // stands for the library, which need not be installed
  double x[3];
};
}  // namespace Eigen

#ifdef TWIN
using Theta = std::array<double, 3>;
#else
using Theta = Eigen::VectorXd;
#endif

void step(Theta& theta, const Theta& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
