// SPDX-License-Identifier: MIT
#include <gradus/policy/scheduled_momentum.hpp>

#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;

TEST_SUITE_BEGIN("scheduled_momentum");

TEST_CASE("it matches its formula with products recomputed in every step") {
  const double factor = 0.8, decay = 0.05;
  const auto m = [&](int t) { return factor * (1 - 0.5 * std::pow(0.96, t * decay)); };
  double theta = 0, velocity = 0, expected = 0;
  Optimizer optimizer{ScheduledMomentum{factor, decay}};
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 40; ++t) {
    const double gradient = std::sin(t);
    optimizer.ascend(theta, gradient, state);
    velocity = factor * velocity + (1 - factor) * gradient;
    double product = 1;
    for (int k = 1; k <= t; ++k) product *= m(k);
    expected += (1 - m(t)) / (1 - product) * gradient + m(t + 1) / (1 - product * m(t + 1)) * velocity;
    CHECK(theta == doctest::Approx(expected).epsilon(1e-12));
  }
}

TEST_CASE("a factor of 0 leaves the update unchanged") {
  double theta = 0;
  Optimizer optimizer{ScheduledMomentum{.factor = 0}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.ascend(theta, 2.0, state);
  CHECK(theta == 6);
}

TEST_CASE("an infinite decay keeps the factor constant") {
  double theta = 0, v = 0;
  const Optimizer optimizer{ScheduledMomentum{0.8, support::infinity}};
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 9; ++t) {
    const double g = std::cos(t);
    theta = 0;
    optimizer.ascend(theta, g, state);
    v = 0.8 * v + 0.2 * g;
    CHECK(theta == doctest::Approx(0.2 * g / (1 - std::pow(0.8, t)) + 0.8 * v / (1 - std::pow(0.8, t + 1))));
  }
}

TEST_CASE("factor lies in [0, 1), decay is at least 0") {
  support::ranges(&ScheduledMomentum::factor, "ScheduledMomentum.factor", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&ScheduledMomentum::decay, "ScheduledMomentum.decay", {0, 0.004, support::infinity},
                  {-1, support::not_a_number});
}

TEST_SUITE_END();
