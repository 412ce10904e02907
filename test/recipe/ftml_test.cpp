// SPDX-License-Identifier: MIT
#include <gradus/recipe/ftml.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <optional>
#include <utility>

using namespace gradus;

TEST_CASE("ftml matches the paper's algorithm, with the leader as its state") {
  // Zheng and Kwok (2017), algorithm 1, which minimizes.
  const double rate = 0.1, beta1 = 0.6, beta2 = 0.99, eps = 1e-3;
  double theta = 0.5, paper = theta, v = 0, z = 0, d = 0;
  const auto optimizer = recipe::ftml({.lr = rate, .beta1 = beta1, .beta2 = beta2, .eps = eps});
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 50; ++t) {
    const double g = std::sin(t) + 0.3;
    optimizer.descend(theta, g, state);
    v = beta2 * v + (1 - beta2) * g * g;
    const double now = (1 - std::pow(beta1, t)) / rate * (std::sqrt(v / (1 - std::pow(beta2, t))) + eps);
    z = beta1 * z + (1 - beta1) * g - (now - beta1 * d) * paper;
    d = now, paper = -z / d;
    CHECK(theta == doctest::Approx(paper).epsilon(1e-11));
  }
}

TEST_CASE("a leaf that gets gradients late starts like any other") {
  const auto optimizer = recipe::ftml({.lr = 1, .eps = 0});
  std::pair<double, double> theta{0, 0};
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 50; ++t) optimizer.ascend(theta, std::pair<double, std::optional<double>>{1, {}}, state);
  optimizer.ascend(theta, std::pair<double, std::optional<double>>{1, 1}, state);
  CHECK(theta.second == doctest::Approx(1).epsilon(1e-12));
}
