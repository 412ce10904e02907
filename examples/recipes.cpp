// SPDX-License-Identifier: MIT
// Optimizers by name. What a recipe has is in its type; what values it has is not.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>

int main() {
  // [recipes]
  using namespace gradus::recipe;
  const auto plain = adam({.lr = 0.1});
  auto ascent = gradient_ascent<GradientAscent{.nesterov = true, .clip_value = 1, .logging_interval = 100}>();
  ascent.get<gradus::LearningRate>().rate = 0.02;
  // [recipes]

  double x = 3, y = 3;
  auto x_state = plain.init(x), y_state = ascent.init(y);
  for (int i = 0; i < 500; ++i) {
    plain.descend(x, x, x_state);
    ascent.ascend(y, -y, y_state);
  }
  std::cout << "adam " << x << ", gradient_ascent " << y << "\n" << explain(ascent);
  return std::abs(x) < 1e-3 && std::abs(y) < 1e-3 ? 0 : 1;
}
