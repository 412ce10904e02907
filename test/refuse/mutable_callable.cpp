// refused: let it take (std::string_view, const auto& leaf), and be const, a lambda without mutable
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <string_view>

void climb(std::vector<std::vector<double>>& theta, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  int calls = 0;
#ifdef TWIN
  const auto gradient = [&](std::string_view, const std::vector<double>& leaf) { return ++calls, leaf; };
#else
  auto gradient = [calls](std::string_view, const std::vector<double>& leaf) mutable { return ++calls, leaf; };
#endif
  optimizer.ascend(theta, gradient, state);
}
