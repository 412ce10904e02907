// SPDX-License-Identifier: MIT
// Parameters that are a struct of tensors: a line fitted to points by maximum likelihood.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// [line]
struct Line {
  std::vector<double> slope;
  double height;
};
// [line]

int main() {
  const double points[][3]{{0, 0, 1}, {1, 0, 3}, {0, 1, -2}, {1, 1, 0}};  // x, y, value = 1 + 2 x - 3 y

  // [likelihood]
  // The log-likelihood of the points, and its gradient.
  const auto likelihood = [&](const Line& line, Line& gradient) {
    gradient = {{0, 0}, 0};
    double sum = 0;
    for (const auto& [x, y, value] : points) {
      const double error = value - (line.height + line.slope[0] * x + line.slope[1] * y);
      sum -= error * error / 2;
      gradient.height += error, gradient.slope[0] += error * x, gradient.slope[1] += error * y;
    }
    return sum;
  };
  // [likelihood]

  // [maximize]
  Line line{.slope = {0, 0}, .height = 0};
  std::cout << gradus::check_gradient(likelihood, line).str() << "\n";

  const gradus::Optimizer optimizer{gradus::ClipNorm{.norm = 1}, gradus::Momentum{},
                                    gradus::LearningRate{.rate = 0.05}};
  gradus::State state = optimizer.init(line);
  const auto end = gradus::maximize(likelihood, line, optimizer, state, {.steps = 2000, .gradient_norm = 1e-9});
  // [maximize]

  std::cout << "value " << end.value << " after " << end.steps << " steps (" << name_of(end.reason) << ")\n";
  // [visit]
  state.visit([](auto leaf, auto slot, auto values) {
    std::cout << leaf << "." << slot << ": " << values.size() << " values\n";
  });
  // [visit]
  // [yield]
  // Gradients that something else keeps under the leaves' names.
  std::map<std::string, std::vector<double>, std::less<>> tape{{"in", {1, -2}}, {"out", {0.5}}};
  std::map<std::string, std::vector<double>> weights{{"in", {3, 4}}, {"out", {5}}};
  auto learned = optimizer.init(weights);
  optimizer.descend(
      weights, [&](std::string_view leaf, const auto&) -> auto& { return tape.find(leaf)->second; }, learned);
  // [yield]
  std::cout << "height " << line.height << ", slope " << line.slope[0] << " " << line.slope[1] << "\n";
  return std::hypot(line.height - 1, line.slope[0] - 2, line.slope[1] + 3) < 1e-6 ? 0 : 1;
}
