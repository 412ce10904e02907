// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

#ifdef ON_A_DEVICE
#include <gradus/backend/thrust.hpp>
#include <gradus/tensor/thrust.hpp>
using Vector = thrust::device_vector<double>;
#else
#include <vector>
using Vector = std::vector<double>;
#endif

int main() {
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.1}};
  Vector x(1, 4.0), gradient(1);
  auto state = optimizer.init(x);
  for (int i = 0; i < 200; ++i) {
    gradient[0] = 2 * x[0];
    optimizer.descend(x, gradient, state);
  }
  state.wait();
  return -1e-6 < x[0] && x[0] < 1e-6 ? 0 : 1;
}
