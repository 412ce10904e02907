// SPDX-License-Identifier: MIT
// Order is meaning: the same policies, written in two orders, are two rules.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>

int main() {
  // [orders]
  using namespace gradus;
  const Optimizer coupled{WeightDecay{.rate = 0.5}, Momentum{.factor = 0.5}, LearningRate{.rate = 0.1}};
  const Optimizer decoupled{Momentum{.factor = 0.5}, WeightDecay{.rate = 0.5}, LearningRate{.rate = 0.1}};
  // [orders]

  double p = 2, q = 2;
  auto p_state = coupled.init(p), q_state = decoupled.init(q);
  for (const double gradient : {1.0, 0.0}) {
    coupled.ascend(p, gradient, p_state);
    decoupled.ascend(q, gradient, q_state);
  }
  std::cout << "coupled " << p << ", decoupled " << q << "\n";
  // By hand. Coupled: u = 1 - 1 = 0, p = 2; u = -1, p = 2 - 0.1.
  // Decoupled: v = 1, u = 1 - 1, q = 2; v = 0.5, u = 0.5 - 1, q = 2 - 0.05.
  return std::abs(p - 1.9) < 1e-12 && std::abs(q - 1.95) < 1e-12 ? 0 : 1;
}
