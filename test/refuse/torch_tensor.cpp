// refused: this is a libtorch type; add #include <gradus/tensor/torch.hpp> and pass gradus::torch_view(x)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

namespace at {
struct Tensor {  // stands for the library, which need not be installed
  double x[3];
};
}  // namespace at

#ifdef TWIN
using Theta = std::array<double, 3>;
#else
using Theta = at::Tensor;
#endif

void step(Theta& theta, const Theta& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  optimizer.descend(theta, gradient, state);
}
