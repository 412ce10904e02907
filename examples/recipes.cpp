// SPDX-License-Identifier: MIT
// Optimizers by name. A recipe's policies are part of its type; its values are not.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>

int main() {
  // [recipes]
  using namespace gradus::recipe;
  const auto plain = adam({.lr = 0.1});
  auto ascent = gradient_ascent<GradientAscent{.nesterov = true, .clip_value = 1, .logging_interval = 100}>();
  ascent.get<gradus::LearningRate>().rate = 0.02;
  const gradus::Optimizer tuned{gradus::ClipNorm{.norm = 1}, adam({.lr = 0.1}), gradus::Decay{.factor = 0.99}};
  // [recipes]

  double x = 3, y = 3;
  double z = 3;
  auto x_state = plain.init(x), y_state = ascent.init(y), z_state = tuned.init(z);
  for (int i = 0; i < 500; ++i) {
    plain.descend(x, x, x_state);
    ascent.ascend(y, -y, y_state);
    tuned.descend(z, z, z_state);
  }
  std::cout << "adam " << x << ", gradient_ascent " << y << ", tuned " << z << "\n" << explain(ascent);
  return std::abs(x) < 1e-3 && std::abs(y) < 1e-3 && std::abs(z) < 1e-3 ? 0 : 1;
}
