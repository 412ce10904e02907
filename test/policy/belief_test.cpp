// SPDX-License-Identifier: MIT
#include <gradus/policy/belief.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// m = 0.5 * 2 + 0.5 * 4 = 3, s = 0.5 * 13 + 0.5 * (4 - 3)^2 + 1 = 8, both doubled in the first step: u = 6 / (4 + 2).
static_assert(constant_step(Pack{Belief{0.5, 0.5, 1}, DivideByRoot{2}}, Element<2>{1, {2, 13}}, 4) ==
              Element<2>{2, {3, 8}});
static_assert(constant_step<true>(Pack{Belief{0.5, 0.5, 1}, DivideByRoot{2}}, Element<2>{1, {-2, 13}}, 4) ==
              Element<2>{0, {-3, 8}});

TEST_SUITE_BEGIN("belief");

TEST_CASE("a gradient that matches its average earns long steps, one that alternates in sign short ones") {
  std::vector<double> theta{0, 0};
  Optimizer optimizer{Belief{}, DivideByRoot{1e-8}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 2000; ++t) {
    theta = {0, 0};
    optimizer.ascend(theta, std::vector<double>{1, t % 2 ? 1.0 : -1.0}, state);
  }
  CHECK(theta[0] > 3);  // Adam would step by 1
  CHECK(std::abs(theta[1]) < 0.1);
}

TEST_CASE("hyper-parameters out of range are refused") {
  CHECK_THROWS_AS((Optimizer{Belief{.factor = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{Belief{.beta = -0.1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{Belief{.epsilon = -1}, DivideByRoot{}}), Refused);
}

TEST_SUITE_END();
