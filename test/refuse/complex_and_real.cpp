// refused: a policy of this composition adds a real number to elements
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <complex>

using Vector = std::vector<std::complex<double>>;

struct Shifted {
  static constexpr void apply(gradus::Record& r) {
#ifdef TWIN
    r.update = r.update * (abs(r.update) + 1.0);
#else
    r.update = r.update + 1.0;
#endif
  }
};

void step(Vector& theta, const Vector& gradient) {
  const gradus::Optimizer optimizer{Shifted{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
