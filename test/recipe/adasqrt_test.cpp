// SPDX-License-Identifier: MIT
#include <gradus/recipe/adasqrt.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("the rate grows as the root of time") {
  double theta = 0, expected = 0, sum = 0;
  const auto optimizer = recipe::adasqrt({.lr = 0.5, .eps = 0.25});
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 20; ++t) {
    const double g = 1 + std::sin(t);
    optimizer.ascend(theta, g, state);
    sum += g * g, expected += 0.5 * std::sqrt(t) * g / (sum + 0.25);
    CHECK(theta == doctest::Approx(expected).epsilon(1e-14));
  }
}
