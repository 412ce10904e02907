// refused: shape of this tensor_traits gives no range of extents; let it return a std::array of them
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Signal {
  std::vector<double> samples;
};

namespace gradus {

template <>
struct tensor_traits<Signal> {
  using value_type = double;
#ifdef TWIN
  static std::array<std::size_t, 1> shape(const Signal& x) { return {x.samples.size()}; }
#else
  static std::size_t shape(const Signal& x) { return x.samples.size(); }
#endif
  static double* data(Signal& x, Order) { return x.samples.data(); }
};

}  // namespace gradus

void climb(Signal& theta, const Signal& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  optimizer.ascend(theta, gradient, state);
}
