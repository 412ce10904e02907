// SPDX-License-Identifier: MIT
#include <gradus/schedule/decay.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

#include <cmath>

using gradus::Decay;
using gradus::LearningRate;
using gradus::Warmup;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(gradus::detail::Pack{Decay{0.5}}, Element<0>{1}, 8, 1) == Element<0>{9});
static_assert(constant_step(gradus::detail::Pack{Decay{0.5}}, Element<0>{1}, 8, 4) == Element<0>{2});
static_assert(constant_step(gradus::detail::Pack{LearningRate{0.5}, Warmup{4}, Decay{0.5}}, Element<0>{1}, 8, 2) ==
              Element<0>{2});

TEST_SUITE_BEGIN("decay");

TEST_CASE("the rate shrinks from the second step on") {
  double theta = 0;
  gradus::Optimizer optimizer{LearningRate{2}, Decay{.factor = 0.5}};
  auto state = optimizer.init(theta);
  for (const double part : {1.0, 0.5, 0.25, 0.125}) {
    const double before = theta;
    optimizer.ascend(theta, 8.0, state);
    CHECK(theta - before == 16 * part);
  }
}

TEST_CASE("the default is no decay") {
  double theta = 0;
  gradus::Optimizer<Decay> optimizer;
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 3; ++step) optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 3);
}

TEST_CASE("the power is a running product") {
  std::vector<double> theta(1);
  gradus::Optimizer optimizer{Decay{0.999}};
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 2000; ++step) {
    theta[0] = 0;
    optimizer.ascend(theta, std::vector<double>{1}, state);
    CHECK(theta[0] == doctest::Approx(std::pow(0.999, step - 1)).epsilon(1e-12));
  }
}

TEST_CASE("a changed factor applies from then on") {
  double theta = 0;
  gradus::Optimizer optimizer{Decay{0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  optimizer.get<Decay>().factor = 0.25;
  optimizer.ascend(theta, 1.0, state);  // the power of the first step is 0.5
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1 + 0.5 + 0.125);
}

TEST_CASE("factor is finite and at least 0") {
  support::ranges(&Decay::factor, "Decay.factor", {0, 0.5, 1, 1.01}, {-0.5, support::not_a_number, support::infinity});
}

TEST_SUITE_END();
