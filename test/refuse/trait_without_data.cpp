// refused: this tensor_traits has no static value_type* data(X&, Order); see gradus/core/tensor.hpp
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Signal {
  std::vector<double> samples;
};

namespace gradus {

template <>
struct tensor_traits<Signal> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Signal& x) { return {x.samples.size()}; }
#ifdef TWIN
  static double* data(Signal& x, Order) { return x.samples.data(); }
#else
  static double* data(Signal& x) { return x.samples.data(); }
#endif
};

}  // namespace gradus

void climb(Signal& theta, const Signal& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  optimizer.ascend(theta, gradient, state);
}
