// refused: a policy of this composition divides by elements or takes their root, exponential or logarithm
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <complex>

using Vector = std::vector<std::complex<double>>;

struct Inverse {
  static constexpr void apply(gradus::Record& r) {
#ifdef TWIN
    r.update = r.update / abs(r.parameter);
#else
    r.update = r.update / r.parameter;
#endif
  }
};

void step(Vector& theta, const Vector& gradient) {
  const gradus::Optimizer optimizer{Inverse{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
