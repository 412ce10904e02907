// SPDX-License-Identifier: MIT
#include <gradus/policy/weight_decay.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// It pulls towards zero in both directions: 4 + (1 - 0.5 * 4) and 4 + (-1 - 0.5 * 4).
static_assert(constant_step(Pack{WeightDecay{0.5}}, Element<0>{4}, 1) == Element<0>{3});
static_assert(constant_step<true>(Pack{WeightDecay{0.5}}, Element<0>{4}, 1) == Element<0>{1});

TEST_SUITE_BEGIN("weight decay");

TEST_CASE("the default is 0.01") {
  double theta = 100;
  Optimizer<WeightDecay> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 0.0, state);
  CHECK(theta == 99);
}

TEST_CASE("the velocity contains the decay if it is in front of momentum, not if it is behind") {
  double coupled = 4, decoupled = 4;
  Optimizer before{WeightDecay{0.5}, Momentum{0.5}};
  Optimizer behind{Momentum{0.5}, WeightDecay{0.5}};
  auto state_before = before.init(coupled), state_behind = behind.init(decoupled);
  before.ascend(coupled, 1.0, state_before);
  behind.ascend(decoupled, 1.0, state_behind);
  CHECK(coupled == 3);
  CHECK(decoupled == 3);
  CHECK(state_before.slot<double>("velocity")[0] == -1);
  CHECK(state_behind.slot<double>("velocity")[0] == 1);
  before.ascend(coupled, 1.0, state_before);    // u = 1 - 1.5, v = -0.5 - 0.5
  behind.ascend(decoupled, 1.0, state_behind);  // v = 1.5, u = 1.5 - 1.5
  CHECK(coupled == 2);
  CHECK(decoupled == 3);
}

TEST_CASE("a rate behind it scales the decay too, one in front does not") {
  double scaled = 4, alone = 4;
  Optimizer before{WeightDecay{0.5}, LearningRate{0.25}};
  Optimizer behind{LearningRate{0.25}, WeightDecay{0.5}};
  auto state_before = before.init(scaled), state_behind = behind.init(alone);
  before.ascend(scaled, 4.0, state_before);
  behind.ascend(alone, 4.0, state_behind);
  CHECK(scaled == 4 + 0.25 * (4 - 2));
  CHECK(alone == 4 + (1 - 2));
}

TEST_CASE("its rate is finite and at least 0") {
  support::ranges(&WeightDecay::rate, "WeightDecay.rate", {0, 0.5, 2},
                  {-0.01, support::not_a_number, support::infinity});
}

TEST_SUITE_END();
