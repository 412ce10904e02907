// SPDX-License-Identifier: MIT
// Gradients that become ready one by one: each leaf steps at once, so that only one gradient at a time needs memory.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <cstddef>
#include <iostream>
#include <vector>

// y = w[n - 1] tanh(... tanh(w[0] x)): weights of a deep and narrow network, one leaf each.
using Weights = std::vector<double>;

// The input, what every layer passed on, and the output.
std::vector<double> forward(const Weights& w, double x) {
  std::vector<double> passed{x};
  for (std::size_t i = 0; i + 1 < w.size(); ++i) passed.push_back(std::tanh(w[i] * passed.back()));
  passed.push_back(w.back() * passed.back());
  return passed;
}

int main() {
  std::vector<Weights> w{{0.5}, {-0.8}, {1.2}};
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{0.05}};
  auto state = optimizer.init(w);
  double error = 0;
  for (int i = 0; i < 300; ++i) {
    const auto passed = forward({w[0][0], w[1][0], w[2][0]}, 0.7);
    double slope = error = passed.back() - 0.25;
    // [backward]
    auto step = optimizer.begin_descent(w, state);
    for (std::size_t layer = w.size(); layer-- > 0;) {
      const double weight = w[layer][0], in = passed[layer], out = passed[layer + 1];
      if (layer + 1 != w.size()) slope *= 1 - out * out;
      step.leaf(layer, Weights{slope * in});  // from here on w[layer] is the next step's
      slope *= weight;
    }
    step.end();
    // [backward]
  }
  std::cout << "the output is off by " << error << " after " << state.step() << " steps\n";
  return std::abs(error) < 1e-6 ? 0 : 1;
}
