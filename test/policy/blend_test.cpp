// SPDX-License-Identifier: MIT
#include <gradus/policy/blend.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>
#include <gradus/policy/momentum.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// v = 0.5 * 4 + 8 = 10, u = 0.25 * 8 + 0.5 * 10.
static_assert(constant_step(Pack{Momentum{0.5}, Blend{0.25, 0.5}}, Element<1>{1, {4}}, 8) == Element<1>{8, {10}});
static_assert(constant_step<true>(Pack{Momentum{0.5}, Blend{0.25, 0.5}}, Element<1>{1, {-4}}, 8) ==
              Element<1>{-6, {-10}});

TEST_SUITE_BEGIN("blend");

TEST_CASE("the weights are finite and at least 0") {
  support::ranges(&Blend::gradient, "Blend.gradient", {0, 2}, {-1, support::infinity, support::not_a_number});
  support::ranges(&Blend::update, "Blend.update", {0, 2}, {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
