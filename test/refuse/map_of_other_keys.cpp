// refused: the gradient is not a set like the parameters
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <map>
#include <string>
#include <string_view>

using Layers = std::map<std::string, std::vector<double>>;
#ifdef TWIN
using Gradients = Layers;
#else
using Gradients = std::map<std::string_view, std::vector<double>>;
#endif

void climb(Layers& theta, const Gradients& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  optimizer.ascend(theta, gradient, state);
}
