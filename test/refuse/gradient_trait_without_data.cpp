// refused: this tensor_traits has no static value_type* data(X&, Order); see gradus/core/tensor.hpp
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Samples {
  std::vector<double> values;
};

namespace gradus {

template <>
struct tensor_traits<Samples> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Samples& x) { return {x.values.size()}; }
#ifdef TWIN
  static double* data(Samples& x, Order) { return x.values.data(); }
#endif
};

}  // namespace gradus

void climb(std::vector<double>& theta, const Samples& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  optimizer.ascend(theta, gradient, state);
}
