// refused: slots and gradients are stored in a floating or fixed-point format, and an integer loses what is below 1
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#ifdef TWIN
using Stored = float;
#else
using Stored = int;
#endif

auto begin(const std::vector<double>& theta) {
  return gradus::Optimizer{gradus::Momentum{}}.init(theta, gradus::Storage<Stored>{});
}
