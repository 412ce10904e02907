// SPDX-License-Identifier: MIT
// Built without exceptions: a step works; a wrong rate terminates the program with the refusal's message.
// A host compiler that met CUDA's headers first knows their version, and compiles what draws numbers as well.
#define CUDART_VERSION 13000
#include <gradus/optimizer.hpp>

#include <cmath>
#include <vector>

int main() {
  gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.5}};
  std::vector<double> x{4};
  const std::vector<double> gradient{2};
  auto state = optimizer.init(x);
  optimizer.descend(x, gradient, state);
  if (x[0] != 3) return 1;

  optimizer.get<gradus::LearningRate>().rate = std::nan("");
  optimizer.descend(x, gradient, state);
}
