// SPDX-License-Identifier: MIT
#include <gradus/recipe/optimistic_adam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("optimistic Adam looks ahead along Adam's direction") {
  CHECK(std::same_as<decltype(recipe::optimistic_adam()),
                     Optimizer<CorrectedMomentum, CorrectedAdaptive, Optimistic, LearningRate>>);
  double theta = 0, other = 0, before = 0;
  const auto optimizer = recipe::optimistic_adam({.lr = 1});
  const auto adam = recipe::adam({.lr = 1});
  auto state = optimizer.init(theta), of_adam = adam.init(other);
  for (int t = 1; t <= 10; ++t) {
    theta = other = 0;
    optimizer.ascend(theta, std::sin(t), state), adam.ascend(other, std::sin(t), of_adam);
    CHECK(theta == doctest::Approx(t == 1 ? other : 2 * other - before).epsilon(1e-13));
    before = other;
  }
}
