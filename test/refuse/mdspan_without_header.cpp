// refused: this is an mdspan; add #include <gradus/tensor/mdspan.hpp>
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

namespace Kokkos {
struct mdspan {  // stands for the library, which need not be installed
  double x[3];
};
}  // namespace Kokkos

#ifdef TWIN
using Theta = std::array<double, 3>;
#else
using Theta = Kokkos::mdspan;
#endif

void step(Theta& theta, const Theta& gradient) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
