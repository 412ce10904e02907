// SPDX-License-Identifier: MIT
// An optimizer chosen by a text: the switches of the Python package `gradient-ascent`, each combination compiled to a
// pass of its own.
#include <gradus/drive/make_optimizer.hpp>
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>
#include <vector>

int main() {
  // [choices]
  using Any = gradus::AnyOptimizer<std::vector<double>>;

  // What this program can be asked for: 12 compositions, in which a rate's factors are one number per step.
  using Ascent = gradus::Choices<gradus::Maybe<gradus::Clip>,
                                 gradus::Maybe<gradus::Momentum, gradus::Maybe<gradus::Nesterov>>, gradus::Adaptive,
                                 gradus::LearningRate, gradus::Warmup, gradus::Decay, gradus::Maybe<gradus::Log<>>>;

  const auto* text = R"([
    "Clip",
    {"Momentum": {"factor": 0.9}},
    "Nesterov",
    {"Adaptive": {"beta": 0.99, "epsilon": 1e-8}},
    {"LearningRate": {"rate": 0.05}},
    {"Warmup": {"steps": 10}},
    {"Decay": {"factor": 0.99}},
    {"Log": {"every": 500}}
  ])";

  const Any optimizer = gradus::make_optimizer<Any, Ascent>(text);
  // [choices]

  std::cout << optimizer.name() << "\n";
  std::vector<double> x{4, -2};
  auto state = optimizer.init(x);
  for (int i = 0; i < 2000; ++i) optimizer.ascend(x, {-2 * (x[0] - 1), -8 * (x[1] - 3)}, state);
  std::cout << "the maximum of -(x - 1)^2 - 4 (y - 3)^2 is at (" << x[0] << ", " << x[1] << ")\n";

  try {
    gradus::make_optimizer<Any, Ascent>(R"(["Adaptive", {"LearningRate": {"rat": 0.1}}, "Warmup", "Decay"])");
  } catch (const gradus::Refused& refused) {
    std::cout << refused.what() << "\n";
  }
  return std::hypot(x[0] - 1, x[1] - 3) < 1e-3 ? 0 : 1;
}
