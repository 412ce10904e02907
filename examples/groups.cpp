// SPDX-License-Identifier: MIT
// Leaves that are treated differently: rates and decay by name and shape, some of them frozen.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>
#include <map>
#include <string>
#include <vector>

int main() {
  // [groups]
  using namespace gradus;
  const Optimizer optimizer{
      Freeze{Named{"embedding.*"}},  // not touched at all
      when(Named{"*.weight"}, ClipLeafNorm{1}), Momentum{.factor = 0.9},
      by_leaf<&LearningRate::rate>({{"head.*", 0.1}}, LearningRate{0.01}),  // 0.01 but for the head
      by_leaf<&WeightDecay::rate>([](const LeafInfo& leaf) { return leaf.name.ends_with(".bias") ? 0 : 1e-3; })};
  // [groups]

  using Parameters = std::map<std::string, std::vector<double>>;
  Parameters theta, gradient;
  for (const std::string name : {"embedding.weight", "body.weight", "head.weight", "head.bias"})
    theta[name] = {1, 1}, gradient[name] = {3, 4};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, gradient, state);
  for (const auto& [name, values] : theta) std::cout << name << ": " << values[0] << " " << values[1] << "\n";

  // By hand: u = -g / 5, a rate and a decay of the parameter.
  const auto near = [&](const std::string& name, double first) { return std::abs(theta[name][0] - first) < 1e-12; };
  return near("embedding.weight", 1) && near("body.weight", 1 - 0.01 * 0.6 - 1e-3) &&
                 near("head.weight", 1 - 0.1 * 0.6 - 1e-3) && near("head.bias", 1 - 0.1 * 3)
             ? 0
             : 1;
}
