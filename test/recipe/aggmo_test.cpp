// SPDX-License-Identifier: MIT
#include <gradus/recipe/aggmo.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("aggmo has the paper's factors") {
  CHECK(std::same_as<decltype(recipe::aggmo()), Optimizer<AggregatedMomentum<3>, LearningRate>>);
  CHECK(recipe::aggmo().get<AggregatedMomentum<3>>().factors == std::array{0.0, 0.9, 0.99});
  double theta = 0;
  const auto optimizer = recipe::aggmo({.lr = 1.5, .betas = {0, 0.5, 0.75}});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state);
  CHECK(theta == doctest::Approx(3));
  optimizer.ascend(theta, 0.0, state);
  CHECK(theta == doctest::Approx(3 + 1.5 * 2 * 1.25 / 3));
}
