// SPDX-License-Identifier: MIT
#include <gradus/policy/barzilai_borwein.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <optional>

using namespace gradus;

TEST_SUITE_BEGIN("barzilai_borwein");

namespace {

/// The distance to the top at 0 after so many steps on a parabola whose curvatures are a and 1.
double distance_after(int steps, double a, BarzilaiBorwein policy) {
  std::vector<double> theta{1, 1};
  const Optimizer optimizer{policy};
  auto state = optimizer.init(theta);
  for (int t = 0; t < steps; ++t) optimizer.ascend(theta, std::vector<double>{-a * theta[0], -theta[1]}, state);
  return std::hypot(theta[0], theta[1]);
}

}  // namespace

TEST_CASE("on a parabola of one curvature the second step is Newton's, whatever the first") {
  for (const bool short_steps : {false, true})
    for (const double curvature : {1e-3, 1.0, 1e4}) {
      std::vector<double> theta{3, -2};
      const Optimizer optimizer{BarzilaiBorwein{.first_rate = 1e-5, .short_steps = short_steps}};
      auto state = optimizer.init(theta);
      for (int t = 0; t < 2; ++t)
        optimizer.descend(theta, std::vector<double>{curvature * theta[0], curvature * theta[1]}, state);
      CHECK(std::abs(theta[0]) < 1e-7);
      CHECK(std::abs(theta[1]) < 1e-7);
    }
}

TEST_CASE("in two dimensions it is faster than the best rate of all, which needs (k + 1)/(k - 1) a step") {
  const double best = std::pow(99.0 / 101, 60) * std::sqrt(2);
  for (const bool short_steps : {false, true})
    CHECK(distance_after(60, 100, {.first_rate = 1e-3, .short_steps = short_steps}) < 1e-8 * best);
}

TEST_CASE("an undefined rate keeps the old one, and no rate exceeds the largest") {
  double theta = 1;
  const Optimizer optimizer{BarzilaiBorwein{.first_rate = 0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state), optimizer.ascend(theta, 2.0, state);
  CHECK(theta == 3);
  CHECK(distance_after(2, 1, {.first_rate = 0.25, .largest_rate = 0.5}) == doctest::Approx(0.375 * std::sqrt(2)));
}

TEST_CASE("if the sums overflow, the rate stays") {
  double theta = 0;
  const Optimizer optimizer{BarzilaiBorwein{.first_rate = 1e-3}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1e160, state), optimizer.ascend(theta, 2e160, state);
  CHECK(theta == doctest::Approx(3e157));
}

TEST_CASE("the rates are above 0, the first one finite") {
  support::ranges(&BarzilaiBorwein::first_rate, "BarzilaiBorwein.first_rate", {0.1}, {0, -1, support::infinity});
  support::ranges(&BarzilaiBorwein::largest_rate, "BarzilaiBorwein.largest_rate", {0.1, support::infinity}, {0, -1});
}

TEST_CASE("a leaf without a gradient is refused, since the rate is shared by all leaves") {
  support::needs_every_leaf(Optimizer<BarzilaiBorwein>{});
}

TEST_SUITE_END();
