// SPDX-License-Identifier: MIT
#include <gradus/recipe/adabound.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adabound becomes amsbound on request") {
  CHECK(std::same_as<decltype(recipe::adabound()), Optimizer<AveragedMomentum, MeanSquare, BoundedRate>>);
  CHECK(std::same_as<decltype(recipe::adabound<recipe::AdaBound{.amsbound = true}>()),
                     Optimizer<AveragedMomentum, MeanSquare, LargestSquare, BoundedRate>>);
  CHECK_THROWS_AS(recipe::adabound({.amsbound = true}), Refused);
}

TEST_CASE("as long as the bounds are wide, it is Adam") {
  std::vector<double> theta{1, -2}, other = theta;
  const auto optimizer = recipe::adabound({.gamma = 1e-9, .eps = 0});
  const auto adam = recipe::adam({.eps = 0});
  auto state = optimizer.init(theta), of_adam = adam.init(other);
  for (int t = 0; t < 20; ++t) {
    const std::vector<double> g{std::sin(t + 1), std::cos(3 * t)};
    optimizer.ascend(theta, g, state), adam.ascend(other, g, of_adam);
  }
  CHECK(theta[0] == doctest::Approx(other[0]).epsilon(1e-12));
  CHECK(theta[1] == doctest::Approx(other[1]).epsilon(1e-12));
}
