// SPDX-License-Identifier: MIT
#include <gradus/policy/learning_rate.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using gradus::LearningRate;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{LearningRate{0.25}}, Element<0>{1}, 8) == Element<0>{3});
static_assert(constant_step<true>(Pack{LearningRate{0.25}}, Element<0>{1}, 8) == Element<0>{-1});

TEST_SUITE_BEGIN("learning rate");

TEST_CASE("the default is 0.01, and a change applies from the next step on") {
  std::vector<double> theta{0, 1};
  gradus::Optimizer<LearningRate> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{100, 200}, state);
  CHECK(theta == std::vector<double>{1, 3});
  optimizer.get<LearningRate>().rate = 0.5;
  optimizer.descend(theta, std::vector<double>{2, 4}, state);
  CHECK(theta == std::vector<double>{0, 1});
}

TEST_CASE("its rate is finite and at least 0") {
  support::ranges(&LearningRate::rate, "LearningRate.rate", {0, 0.5, 3},
                  {-0.01, support::not_a_number, support::infinity});
}

TEST_SUITE_END();
