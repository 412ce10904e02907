// SPDX-License-Identifier: MIT
#include <gradus/schedule/inverse_time.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>

#include <doctest/doctest.h>

#include <cmath>

using gradus::InverseTime;
using gradus::LearningRate;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(gradus::detail::Pack{InverseTime{0.5}}, Element<0>{1}, 8, 1) == Element<0>{9});
static_assert(constant_step(gradus::detail::Pack{LearningRate{0.5}, InverseTime{0.5}}, Element<0>{1}, 8, 3) ==
              Element<0>{3});

TEST_SUITE_BEGIN("inverse_time");

TEST_CASE("the default is no decay") {
  double theta = 0;
  gradus::Optimizer<InverseTime> optimizer;
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 3; ++step) optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 3);
}

TEST_CASE("at rate 1, steps shrink as 1 / t and average their inputs") {
  double mean = 0;
  gradus::Optimizer optimizer{InverseTime{.rate = 1}};
  auto state = optimizer.init(mean);
  for (const double x : {4.0, 8.0, -3.0, 7.0}) optimizer.ascend(mean, x - mean, state);
  CHECK(mean == doctest::Approx(4).epsilon(1e-15));
}

TEST_CASE("a power makes the fall steeper or flatter") {
  double theta = 0;
  gradus::Optimizer optimizer{InverseTime{.rate = 3, .power = 0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 8.0, state), optimizer.ascend(theta, 8.0, state);
  CHECK(theta == 8 + 4);
}

TEST_CASE("rate and power are finite and at least 0") {
  support::ranges(&InverseTime::power, "InverseTime.power", {0, 0.75}, {-1, support::infinity, support::not_a_number});
  support::ranges(&InverseTime::rate, "InverseTime.rate", {0, 0.5}, {-1, support::infinity, support::not_a_number});
}

TEST_CASE("a power of 0 or 2") {
  for (const double power : {0.0, 2.0}) {
    double theta = 0;
    gradus::Optimizer optimizer{InverseTime{.rate = 1, .power = power}};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, 8.0, state), optimizer.ascend(theta, 8.0, state);
    CHECK(theta == 8 + 8 / std::pow(2, power));
  }
}

TEST_SUITE_END();
