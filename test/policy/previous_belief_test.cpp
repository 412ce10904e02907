// SPDX-License-Identifier: MIT
#include <gradus/policy/previous_belief.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// In the first step the divisor is 1 + 1; s = 0.5 * 5 + 0.5 * (8 - 2)^2 + 1, m = 0.5 * 2 + 0.5 * 8.
static_assert(constant_step(Pack{PreviousBelief{0.5, 0.5, 1}, DivideByRoot{1}}, Element<2>{1, {2, 5}}, 8) ==
              Element<2>{5, {5, 21.5}});
// In the second, 8, corrected to 16, is the divisor: u = 8 / (4 + 4).
static_assert(constant_step(Pack{PreviousBelief{0.5, 0.5, 1}, DivideByRoot{4}}, Element<2>{1, {2, 8}}, 8, 2) ==
              Element<2>{2, {5, 23}});

TEST_SUITE_BEGIN("previous_belief");

TEST_CASE("the divisor does not depend on the current gradient: a step is linear in it") {
  const Optimizer optimizer{PreviousBelief{}, DivideByRoot{}};
  double theta = 0, other = 0;
  auto state = optimizer.init(theta);
  for (int t = 0; t < 10; ++t) optimizer.ascend(theta, t % 3 - 1.0, state);
  auto copy = state;
  theta = 0;
  optimizer.ascend(theta, 1.0, state);
  optimizer.ascend(other, 1e6, copy);
  CHECK(other == doctest::Approx(1e6 * theta).epsilon(1e-14));
}

TEST_CASE("hyper-parameters out of range are refused") {
  CHECK_THROWS_AS((Optimizer{PreviousBelief{.factor = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{PreviousBelief{.beta = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{PreviousBelief{.epsilon = -1}, DivideByRoot{}}), Refused);
}

TEST_SUITE_END();
