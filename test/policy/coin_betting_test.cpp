// SPDX-License-Identifier: MIT
#include <gradus/policy/coin_betting.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>
#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// l = 2, a = 4 + 2, c = 2 + 2, w = 0 + 2 * (3 - 1); the bet is 4 / (2 max(8, 2)) * (2 + 4) = 1.5 from 1 on.
static_assert(constant_step(Pack{CoinBetting{1, 2}}, Element<5>{3, {2, 4, 2, 0, 1}}, 2) ==
              Element<5>{2.5, {2, 6, 4, 4, 1}});

TEST_SUITE_BEGIN("coin_betting");

TEST_CASE("without any rate it finds the optimum of functions that differ by orders of magnitude") {
  for (const double scale : {1e-6, 1.0, 1e6}) {
    double theta = 0;
    const Optimizer optimizer{CoinBetting{.alpha = 1}};
    auto state = optimizer.init(theta);
    for (int t = 0; t < 3000; ++t) optimizer.ascend(theta, scale * (theta < 10 ? 1.0 : -1.0), state);
    CHECK(std::abs(theta - 10) < 1.5);
  }
}

TEST_CASE("alpha and epsilon are finite and above 0") {
  support::ranges(&CoinBetting::alpha, "CoinBetting.alpha", {1, 100},
                  {0, -1, support::infinity, support::not_a_number});
  support::ranges(&CoinBetting::epsilon, "CoinBetting.epsilon", {1e-8, 1},
                  {0, -1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
