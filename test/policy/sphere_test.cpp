// SPDX-License-Identifier: MIT
#include <gradus/policy/sphere.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;

using Vectors = std::vector<std::vector<double>>;

TEST_SUITE_BEGIN("sphere");

TEST_CASE("a ball moves each leaf outside to its surface and leaves the others bit for bit") {
  Vectors theta{{0.1, 0.2}, {0.3}};
  const Optimizer optimizer{Ball{2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{3, 4}, {0.1}}, state);
  const double norm = std::hypot(3.1, 4.2);
  CHECK(theta[0][0] == doctest::Approx(3.1 * 2 / norm));
  CHECK(theta[0][1] == doctest::Approx(4.2 * 2 / norm));
  CHECK(theta[1][0] == 0.3 + 0.1);
}

TEST_CASE("a sphere gives every leaf its radius, except one at its centre") {
  Vectors theta{{3, 4}, {1}};
  const Optimizer optimizer{Sphere{10}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{3, 4}, {-1}}, state);
  CHECK(theta == Vectors{{6, 8}, {0}});
}

TEST_CASE("it projects the result of all rates, clips and earlier constraints") {
  std::vector<double> theta{0, 0};
  // The step (3, 4) is clipped to norm 1 and halved: (0.3, 0.4); then the box lifts it to (0.75, 0.75).
  const Optimizer optimizer{Box{0.75, 2}, Sphere{1}, ClipNorm{1}, LearningRate{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{3, 4}, state);
  CHECK(theta[0] == doctest::Approx(std::sqrt(0.5)));
  CHECK(theta[0] == theta[1]);
}

TEST_CASE("a leaf whose norm overflows becomes NaN instead of being scaled wrongly") {
  for (const double far : {1e200, -1e160}) {
    double ball = far, sphere = far;
    const Optimizer<Ball> to_ball;
    const Optimizer<Sphere> to_sphere;
    auto ball_state = to_ball.init(ball), sphere_state = to_sphere.init(sphere);
    to_ball.ascend(ball, 1.0, ball_state), to_sphere.ascend(sphere, 1.0, sphere_state);
    CHECK(std::isnan(ball));
    CHECK(std::isnan(sphere));
  }
}

TEST_CASE("a radius is above 0, a sphere's finite") {
  support::ranges(&Ball::radius, "Ball.radius", {0.1, support::infinity}, {0, -1});
  support::ranges(&Sphere::radius, "Sphere.radius", {0.1}, {0, -1, support::infinity});
}

TEST_SUITE_END();
