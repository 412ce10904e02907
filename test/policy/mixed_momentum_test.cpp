// SPDX-License-Identifier: MIT
#include <gradus/policy/mixed_momentum.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// fast = 0.5 * 4 + 0.5 * 8 = 6, corrected 12; slow = 0.75 * 4 + 0.25 * 8 = 5; u = 12 + 2 * 5.
static_assert(constant_step(Pack{MixedMomentum{0.5, 0.75, 2}}, Element<2>{1, {4, 4}}, 8) == Element<2>{23, {6, 5}});

TEST_SUITE_BEGIN("mixed_momentum");

TEST_CASE("the slow average remembers what the fast one has forgotten") {
  double theta = 0;
  const Optimizer optimizer{MixedMomentum{.beta1 = 0.5, .beta3 = 0.99, .alpha = 1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1000.0, state);
  for (int t = 0; t < 99; ++t) optimizer.ascend(theta, 0.0, state);
  const double before = theta;
  optimizer.ascend(theta, 0.0, state);
  CHECK(theta - before == doctest::Approx(1000 * 0.01 * std::pow(0.99, 100)));
}

TEST_CASE("the betas lie in [0, 1), alpha is finite and at least 0") {
  support::ranges(&MixedMomentum::beta1, "MixedMomentum.beta1", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&MixedMomentum::beta3, "MixedMomentum.beta3", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&MixedMomentum::alpha, "MixedMomentum.alpha", {0, 9}, {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
