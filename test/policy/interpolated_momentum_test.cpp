// SPDX-License-Identifier: MIT
#include <gradus/policy/interpolated_momentum.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// u = 0.5 * 4 + 0.5 * 8, v = 0.25 * 4 + 0.75 * 8.
static_assert(constant_step(Pack{InterpolatedMomentum{0.5, 0.25}}, Element<1>{1, {4}}, 8) == Element<1>{7, {7}});
static_assert(constant_step<true>(Pack{InterpolatedMomentum{0.5, 0.25}}, Element<1>{1, {-4}}, 8) ==
              Element<1>{-5, {-7}});

TEST_SUITE_BEGIN("interpolated_momentum");

TEST_CASE("both betas lie in [0, 1)") {
  support::ranges(&InterpolatedMomentum::beta1, "InterpolatedMomentum.beta1", {0, 0.9},
                  {1, -0.1, support::not_a_number});
  support::ranges(&InterpolatedMomentum::beta2, "InterpolatedMomentum.beta2", {0, 0.9},
                  {1, -0.1, support::not_a_number});
}

TEST_SUITE_END();
