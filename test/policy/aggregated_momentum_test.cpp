// SPDX-License-Identifier: MIT
#include <gradus/policy/aggregated_momentum.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// v = {0.5 * 2 + 6, 0.25 * 8 + 6} = {7, 8}; u = 7.5.
static_assert(constant_step(Pack{AggregatedMomentum<2>{{0.5, 0.25}}}, Element<2>{1, {2, 8}}, 6) ==
              Element<2>{8.5, {7, 8}});

TEST_SUITE_BEGIN("aggregated_momentum");

TEST_CASE("the default factors are those of the paper") {
  const AggregatedMomentum<4> spread;
  for (int k = 0; k < 4; ++k)
    CHECK(spread.factors[static_cast<std::size_t>(k)] == doctest::Approx(1 - std::pow(0.1, k)).epsilon(1e-15));
}

TEST_CASE("a single velocity is plain momentum") {
  double one = 1, momentum = 1;
  const Optimizer aggregated{AggregatedMomentum<1>{{0.75}}};
  const Optimizer plain{Momentum{0.75}};
  auto of_one = aggregated.init(one);
  auto of_momentum = plain.init(momentum);
  for (int t = 0; t < 10; ++t) {
    aggregated.ascend(one, 1.0 / (t + 1), of_one), plain.ascend(momentum, 1.0 / (t + 1), of_momentum);
    CHECK(one == momentum);
  }
}

TEST_CASE("an impulse fades as the mean of the factors' powers") {
  double theta = 0;
  const AggregatedMomentum<3> policy;
  const Optimizer optimizer{policy};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 20; ++t) {
    const double before = theta;
    optimizer.ascend(theta, t == 0 ? 1.0 : 0.0, state);
    double mean = 0;
    for (const double factor : policy.factors) mean += std::pow(factor, t) / 3;
    CHECK(theta - before == doctest::Approx(mean).epsilon(1e-12));
  }
}

TEST_CASE("every factor lies in [0, 1), and the message names the one that does not") {
  support::refuses(AggregatedMomentum<2>{{0.5, 1}}, "AggregatedMomentum<2>.factors[1] is 1: give a number in [0, 1)");
  support::refuses(AggregatedMomentum<2>{{-0.5, 0.5}}, "factors[0] is -0.5");
  support::refuses(AggregatedMomentum<2>{{0.5, support::not_a_number}}, "factors[1] is nan");
}

TEST_SUITE_END();
