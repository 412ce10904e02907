// SPDX-License-Identifier: MIT
#include <gradus/recipe/optimistic.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("optimistic is the gradient plus its scaled change, times the rate") {
  CHECK(std::same_as<decltype(recipe::optimistic()), Optimizer<Optimistic, LearningRate>>);
  double theta = 0;
  const auto optimizer = recipe::optimistic({.lr = 0.5, .alpha = 1, .beta = 2});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state);
  CHECK(theta == 1);
  optimizer.ascend(theta, 4.0, state);
  CHECK(theta == 1 + 0.5 * (4 + 2 * 2));
}
