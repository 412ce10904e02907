// SPDX-License-Identifier: MIT
#include <gradus/policy/infinity_adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// n = max(0.5 * 8, |-12| + 4) = 16, u = -12 / 16.
static_assert(constant_step(Pack{InfinityAdaptive{0.5, 4}}, Element<1>{1, {8}}, -12) == Element<1>{0.25, {16}});
// n = max(0.5 * 64, 12 + 4) = 32, u = 12 / 32.
static_assert(constant_step(Pack{InfinityAdaptive{0.5, 4}}, Element<1>{1, {64}}, 12) == Element<1>{1.375, {32}});

TEST_SUITE_BEGIN("infinity_adaptive");

TEST_CASE("no step is longer than 1, and a spike is forgotten at the pace of beta") {
  double theta = 0;
  Optimizer optimizer{InfinityAdaptive{.beta = 0.5, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1024.0, state);
  CHECK(theta == 1);
  for (int t = 1; t <= 10; ++t) {
    theta = 0;
    optimizer.ascend(theta, 1.0, state);
    CHECK(theta == std::ldexp(1.0, t - 10));
  }
  theta = 0;
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);
}

TEST_CASE("a NaN is kept") {
  double theta = 0;
  Optimizer<InfinityAdaptive> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, support::not_a_number, state);
  CHECK(std::isnan(theta));
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0") {
  support::ranges(&InfinityAdaptive::beta, "InfinityAdaptive.beta", {0, 0.999}, {1, -0.1, support::not_a_number});
  support::ranges(&InfinityAdaptive::epsilon, "InfinityAdaptive.epsilon", {0, 1},
                  {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
