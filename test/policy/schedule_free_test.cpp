// SPDX-License-Identifier: MIT
#include <gradus/policy/schedule_free.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// In the first step c is 1: x and z are equal, and so is the parameter.
static_assert(constant_step(Pack{ScheduleFree{0.75}}, Element<1>{1, {1}}, 2) == Element<1>{3, {3}});
// In the second c is 1/2. x = (6 - 0.5 * 4) / 0.5 = 8, then z = 6 and x = 7.
static_assert(constant_step(Pack{ScheduleFree{0.5}}, Element<1>{6, {4}}, 2, 2) == Element<1>{6.5, {6}});

TEST_SUITE_BEGIN("schedule_free");

TEST_CASE("x is the mean of plain iterates, weighted by the square of the largest rate") {
  const Optimizer optimizer{Warmup{.steps = 8}, LearningRate{0.5}, ScheduleFree{.beta = 0.8}};
  double theta = 3, z = 3, sum = 0, weights = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 30; ++t) {
    const double g = std::sin(t), rate = 0.5 * std::min(1.0, t / 8.0), weight = rate * rate;
    z += rate * g, sum += weight * z, weights += weight;
    optimizer.ascend(theta, g, state);
    CHECK(state.slot<double>("base")[0] == doctest::Approx(z).epsilon(1e-14));
    CHECK(averages(optimizer, theta, state).values() == doctest::Approx(sum / weights).epsilon(1e-13));
    CHECK(theta == doctest::Approx(0.2 * z + 0.8 * sum / weights).epsilon(1e-13));
  }
}

TEST_CASE("a falling rate does not reduce the weight of earlier steps") {
  const Optimizer optimizer{LearningRate{1}, follow<&Decay::factor>([](std::int64_t) { return 0.5; }), ScheduleFree{}};
  double theta = 0, z = 0, sum = 0, rate = 1;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 10; ++t) {
    z += rate, sum += z, rate /= 2;
    optimizer.ascend(theta, 1.0, state);
    CHECK(averages(optimizer, theta, state).values() == doctest::Approx(sum / t));
  }
}

TEST_CASE("beta may follow a schedule: p stands where it says, between the same z and x") {
  const auto beta = [](std::int64_t t) { return 0.5 + 0.4 / static_cast<double>(t); };
  const Optimizer optimizer{LearningRate{0.5}, follow<&ScheduleFree::beta>(beta, ScheduleFree{})};
  double theta = 3, z = 3, sum = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::sin(t);
    z += 0.5 * g, sum += z;
    optimizer.ascend(theta, g, state);
    CHECK(averages(optimizer, theta, state).values() == doctest::Approx(sum / t).epsilon(1e-13));
    CHECK(theta == doctest::Approx((1 - beta(t)) * z + beta(t) * sum / t).epsilon(1e-13));
  }
}

TEST_CASE("steps with a rate of 0 have no weight") {
  const Optimizer optimizer{LearningRate{0}, ScheduleFree{}};
  double theta = 3;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 3);
  CHECK(averages(optimizer, theta, state).values() == doctest::Approx(3));
}

TEST_CASE("beta lies in (0, 1), weight_power is finite and at least 0") {
  support::ranges(&ScheduleFree::beta, "ScheduleFree.beta", {0.1, 0.98}, {0, 1, -1, support::not_a_number});
  support::ranges(&ScheduleFree::weight_power, "ScheduleFree.weight_power", {0, 3}, {-1, support::infinity});
}

TEST_SUITE_END();
