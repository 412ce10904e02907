// SPDX-License-Identifier: MIT
#include <gradus/recipe/qhadam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <concepts>

using namespace gradus;

TEST_CASE("with both weights 1 it is Adam") {
  std::vector<double> theta{1, -2}, other = theta;
  const auto optimizer = recipe::qhadam({.lr = 0.1, .nu1 = 1, .nu2 = 1, .beta1 = 0.9});
  const auto adam = recipe::adam({.lr = 0.1});
  auto state = optimizer.init(theta), of_adam = adam.init(other);
  for (int t = 0; t < 20; ++t) {
    const std::vector<double> g{std::sin(t), std::cos(3 * t)};
    optimizer.ascend(theta, g, state), adam.ascend(other, g, of_adam);
  }
  CHECK(theta[0] == doctest::Approx(other[0]).epsilon(1e-12));
  CHECK(theta[1] == doctest::Approx(other[1]).epsilon(1e-12));
}

TEST_CASE("with both weights 0 it is the sign of the gradient") {
  double theta = 0;
  const auto optimizer = recipe::qhadam({.lr = 0.25, .nu1 = 0, .nu2 = 0, .eps = 0});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, -3e-5, state);
  CHECK(theta == -0.25);
}

TEST_CASE("the first weight is that of the first moment, the second that of the second") {
  double theta = 0;
  const auto optimizer = recipe::qhadam({.lr = 1, .nu1 = 0.5, .nu2 = 0.25, .beta1 = 0.5, .beta2 = 0.75, .eps = 0});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  const double first = theta;  // both corrected moments are the gradient itself
  optimizer.ascend(theta, 3.0, state);
  const double m = (0.5 * 0.5 * 1 + 0.5 * 3) / (1 - 0.5 * 0.5);
  const double s = (0.75 * 0.25 * 1 + 0.25 * 9) / (1 - 0.75 * 0.75);
  CHECK(first == doctest::Approx(1));
  CHECK(theta - first == doctest::Approx((0.5 * 3 + 0.5 * m) / std::sqrt(0.75 * 9 + 0.25 * s)));
}

TEST_CASE("the weights lie in [0, 1]") {
  CHECK_THROWS_AS(recipe::qhadam({.nu1 = 1.5}), Refused);
  CHECK_THROWS_AS(recipe::qhadam({.nu2 = 1.5}), Refused);
}
