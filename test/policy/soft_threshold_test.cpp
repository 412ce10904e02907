// SPDX-License-Identifier: MIT
#include <gradus/policy/soft_threshold.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// p + u is 5, 0.5 and -5; the threshold 0.5 * 2, the shrinkage 1 / (1 + 0.5 * 2).
constexpr Pack elastic{LearningRate{0.5}, SoftThreshold{2, 2}};
static_assert(constant_step(elastic, Element<0>{1}, 8) == Element<0>{2});
static_assert(constant_step(elastic, Element<0>{1}, -1) == Element<0>{0});
static_assert(constant_step(elastic, Element<0>{1}, -12) == Element<0>{-2});

TEST_SUITE_BEGIN("soft_threshold");

TEST_CASE("it ends at the optimum of the penalized objective, with exact zeros") {
  // The maximum of -(p - c)^2 / 2 - l1 abs(p) - l2 p^2 / 2 is at soft(c, l1) / (1 + l2).
  std::vector<double> theta{1, 1, 1};
  const std::vector<double> c{2, 0.3, -3};
  const Optimizer optimizer{AveragedMomentum{0.5}, LearningRate{0.1}, SoftThreshold{0.5, 0.25}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 500; ++t) {
    std::vector<double> g(3);
    for (std::size_t i = 0; i < 3; ++i) g[i] = c[i] - theta[i];
    optimizer.ascend(theta, g, state);
  }
  CHECK(theta[0] == doctest::Approx(1.5 / 1.25));
  CHECK(theta[1] == 0);
  CHECK(theta[2] == doctest::Approx(-2.5 / 1.25));
}

TEST_CASE("the threshold follows the rate in force, wherever the schedules stand") {
  double theta = 1;
  const Optimizer optimizer{SoftThreshold{.l1 = 1}, LearningRate{0.5}, Warmup{4}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 0.0, state);
  CHECK(theta == 1 - 0.125);
}

TEST_CASE("both penalties are finite and at least 0") {
  CHECK_THROWS_AS((Optimizer{SoftThreshold{.l1 = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{SoftThreshold{.l2 = -1}}), Refused);
}

TEST_CASE("the rate in force counts what a policy finds for itself") {
  // 2 (x - 3)^2 + |x| is least at 2.75.
  const auto slope = [](double x) { return 4 * (x - 3); };
  const auto end = [&](const auto& optimizer, int steps) {
    double x = 1;
    auto state = optimizer.init(x);
    for (int step = 0; step < steps; ++step) optimizer.descend(x, slope(x), state, Value{2 * (x - 3) * (x - 3)});
    return x;
  };
  const SoftThreshold lasso{1, 0};
  CHECK(end(Optimizer{LearningRate{0.1}, lasso}, 500) == doctest::Approx(2.75));
  CHECK(end(Optimizer{BarzilaiBorwein{}, LearningRate{0.5}, lasso}, 500) == doctest::Approx(2.75));
  CHECK(end(Optimizer{DistanceOverGradients{}, lasso}, 20000) == doctest::Approx(2.75).epsilon(0.01));
}

TEST_SUITE_END();
