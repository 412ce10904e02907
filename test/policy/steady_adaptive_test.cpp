// SPDX-License-Identifier: MIT
#include <gradus/policy/steady_adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// r = 1/2: m = 6, s = 36, x = 1, k = 1; u = 8 min(x, rate) / (6 + 0).
static_assert(constant_step(Pack{SteadyAdaptive{2, 0}}, Element<3>{1, {4, 8, 1}}, 8) ==
              Element<3>{1 + 8.0 * 1 / 6, {6, 36, 1}});
static_assert(constant_step(Pack{SteadyAdaptive{0.5, 0}}, Element<3>{1, {4, 8, 1}}, 8) ==
              Element<3>{1 + 8.0 * 0.5 / 6, {6, 36, 1}});

TEST_SUITE_BEGIN("steady_adaptive");

TEST_CASE("a steady gradient keeps the memory short and the step at the rate, a shaking one shortens it") {
  std::vector<double> theta{0, 0};
  const Optimizer optimizer{SteadyAdaptive{.rate = 0.5}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 200; ++t) {
    theta = {0, 0};
    optimizer.ascend(theta, std::vector<double>{3, t % 2 ? 3.0 : -3.0}, state);
  }
  CHECK(theta[0] == doctest::Approx(0.5));
  CHECK(state.slot<double>("memory")[0] == doctest::Approx(1));
  CHECK(std::abs(theta[1]) < 0.05);
  CHECK(state.slot<double>("memory")[1] > 100);
}

TEST_CASE("rate is finite and at least 0, epsilon as well") {
  support::ranges(&SteadyAdaptive::rate, "SteadyAdaptive.rate", {0, 1}, {-1, support::infinity, support::not_a_number});
  support::ranges(&SteadyAdaptive::epsilon, "SteadyAdaptive.epsilon", {0, 1},
                  {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
