// refused: a policy of this composition sums something of elements that is no product of two
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <complex>

using Vector = std::vector<std::complex<double>>;

void step(Vector& theta, const Vector& gradient) {
#ifdef TWIN
  const gradus::Optimizer optimizer{gradus::ClipLeafNorm{}};
#else
  const gradus::Optimizer optimizer{gradus::ClipLeafRms{}};
#endif
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
}
