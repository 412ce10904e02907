// SPDX-License-Identifier: MIT
// An optimizer chosen at run time: any composition behind one type.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// [chosen]
using Any = gradus::AnyOptimizer<std::vector<double>>;

Any chosen(std::string_view name) {
  using namespace gradus;
  if (name == "adam") return recipe::adam({.lr = 0.05});
  if (name == "momentum") return Optimizer{Momentum{.factor = 0.9}, LearningRate{.rate = 0.002}};
  if (name == "careful") return Optimizer{ClipNorm{.norm = 1}, Momentum{}, LearningRate{.rate = 0.01}};
  throw std::runtime_error("no optimizer " + std::string(name));
}
// [chosen]

int main() {
  bool all_arrive = true;
  for (const auto* name : {"adam", "momentum", "careful"}) {
    std::vector<double> x{-1, 2}, gradient(2);
    Any optimizer = chosen(name);
    auto state = optimizer.init(x);
    for (int i = 0; i < 3000; ++i) {
      gradient = {2 * (x[0] - 1) + 20 * (x[0] + x[1]), 20 * (x[0] + x[1])};
      if (i == 2000) optimizer.find<gradus::LearningRate>()->rate /= 10;
      optimizer.descend(x, gradient, state);
    }
    const double off = std::hypot(x[0] - 1, x[1] + 1);
    std::cout << name << " ends at (" << x[0] << ", " << x[1] << ")\n";
    all_arrive &= off < 1e-6;
  }
  return all_arrive ? 0 : 1;
}
