// refused: this type is neither a tensor nor a set of tensors
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <map>
#include <string>

#ifdef TWIN
using Layers = std::map<std::string, std::vector<double>>;
#else
using Layers = std::multimap<std::string, std::vector<double>>;
#endif

void climb(Layers& theta) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
  auto state = optimizer.init(theta);
}
