// SPDX-License-Identifier: MIT
#include <gradus/policy/bounded_rate.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// In the first step rate_t = sqrt(1/4) / (1/2) = 1 and the bounds are 1/4 and 1. s = 25: 1 / (5 + 3) is below them.
constexpr BoundedRate bounded{.rate = 1, .final_rate = 0.5, .gamma = 1, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 3};
static_assert(constant_step(Pack{MeanSquare{0.5}, bounded}, Element<1>{1, {34}}, 4) == Element<1>{2, {25}});

TEST_SUITE_BEGIN("bounded_rate");

TEST_CASE("the bounds converge to one rate for all elements") {
  std::vector<double> theta{0, 0};
  const Optimizer optimizer{MeanSquare{}, BoundedRate{.final_rate = 0.1, .gamma = 10}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 10000; ++t) {
    theta = {0, 0};
    optimizer.ascend(theta, std::vector<double>{1e-3, 1e3}, state);
  }
  CHECK(theta[0] == doctest::Approx(1e-4).epsilon(1e-4));
  CHECK(theta[1] == doctest::Approx(1e2).epsilon(1e-4));
}

TEST_CASE("hyper-parameters out of range are refused") {
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.rate = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.final_rate = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.gamma = 0}}), Refused);
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.beta1 = 1}}), Refused);
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.beta2 = 1}}), Refused);
  CHECK_THROWS_AS((Optimizer{MeanSquare{}, BoundedRate{.epsilon = -1}}), Refused);
}

TEST_SUITE_END();
