// SPDX-License-Identifier: MIT
#include <gradus/policy/tangent.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;

using Vector = std::vector<double>;
using Vectors = std::vector<Vector>;

TEST_SUITE_BEGIN("tangent");

TEST_CASE("the remaining update is orthogonal to the parameters of each leaf") {
  Vectors theta{{3, 4}, {0}, {2}}, before = theta;
  const Optimizer<Tangent> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{1, 7}, {5}, {6}}, state);
  CHECK((theta[0][0] - 3) * 3 + (theta[0][1] - 4) * 4 == doctest::Approx(0));
  CHECK(theta[0][0] == doctest::Approx(3 + 1 - 3 * 31.0 / 25));
  CHECK(theta[1][0] == 5);  // a leaf of zeros has no direction to remove
  CHECK(theta[2][0] == 2);
}

TEST_CASE("on a sphere it climbs to the eigenvector of the largest eigenvalue, with a momentum too") {
  // [[2, 1], [1, 2]] has the eigenvalue 3 at (1, 1) and 1 at (1, -1).
  Vector theta{1, -0.99};
  const Optimizer optimizer{Tangent{}, Momentum{0.5}, Tangent{}, LearningRate{0.2}, Sphere{}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 200; ++t) {
    optimizer.ascend(theta, Vector{2 * theta[0] + theta[1], theta[0] + 2 * theta[1]}, state);
    CHECK(std::hypot(theta[0], theta[1]) == doctest::Approx(1).epsilon(1e-15));
  }
  CHECK(theta[0] == doctest::Approx(std::sqrt(0.5)).epsilon(1e-14));
  CHECK(theta[1] == doctest::Approx(std::sqrt(0.5)).epsilon(1e-14));
}

TEST_SUITE_END();
