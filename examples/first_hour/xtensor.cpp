// SPDX-License-Identifier: MIT
// Relaxes the potential in a square whose edge is held at x^2 - y^2; then it is x^2 - y^2 inside as well.
#include <gradus/gradus.hpp>

#include <cstdio>

int main() {
  constexpr int n = 33;
  const xt::xtensor<double, 1> line = xt::linspace(-1.0, 1.0, n);
  const auto [y, x] = xt::meshgrid(line, line);
  const xt::xtensor<double, 2> exact = x * x - y * y;

  xt::xtensor<double, 2> potential = exact;
  const auto inside = [&](int down, int right) {
    return xt::view(potential, xt::range(1 + down, n - 1 + down), xt::range(1 + right, n - 1 + right));
  };
  inside(0, 0) = 0;

  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.85}, gradus::Nesterov{},
                                    gradus::LearningRate{.rate = 0.12}};
  auto state = optimizer.init(inside(0, 0));
  while (state.step() < 500) {
    const auto neighbours = inside(-1, 0) + inside(1, 0) + inside(0, -1) + inside(0, 1);
    optimizer.descend(inside(0, 0), 4 * inside(0, 0) - neighbours, state);
  }

  const double error = xt::amax(xt::abs(potential - exact))();
  std::printf("potential at (1/2, 0): %.12f, exact 0.25; largest error anywhere %.1e\n", potential(16, 24), error);
  return error < 1e-9 ? 0 : 1;
}
