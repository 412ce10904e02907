// refused: a policy of this composition compares elements (a sign, a clamp, a minimum), and complex numbers have no
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <complex>

using Vector = std::vector<std::complex<double>>;

void step(Vector& theta, const Vector& gradient) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::ClipNorm{}, gradus::Adaptive{}};
#else
  const gradus::Optimizer optimizer{gradus::Clip{}, gradus::Adaptive{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
