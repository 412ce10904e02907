// SPDX-License-Identifier: MIT
#include <gradus/recipe/signum.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("signum without momentum is the sign of the gradient") {
  CHECK(std::same_as<decltype(recipe::signum()), Optimizer<AveragedMomentum, Sign, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::signum<recipe::Signum{.momentum = 0}>()), Optimizer<Sign, LearningRate>>);
  CHECK_THROWS_AS(recipe::signum<recipe::Signum{.momentum = 0}>({.momentum = 0.5}), Refused);
  CHECK_THROWS_AS(recipe::signum({.weight_decay = 0.1}), Refused);
}

TEST_CASE("momentum outweighs a single opposite gradient") {
  double theta = 0;
  const auto optimizer = recipe::signum({.lr = 1, .momentum = 0.9});
  auto state = optimizer.init(theta);
  for (const double g : {1.0, 1.0, 1.0, -1.0}) optimizer.ascend(theta, g, state);
  CHECK(theta == 4);
}
