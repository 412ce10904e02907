// SPDX-License-Identifier: MIT
#include <gradus/policy/settling.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using gradus::Settling;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{Settling{0.5}}, Element<0>{1}, 8, 1) == Element<0>{9});
static_assert(constant_step(Pack{Settling{0.75}}, Element<0>{1}, 7, 2) == Element<0>{1 + 7 * (0.25 / (1 - 0.5625))});

TEST_SUITE_BEGIN("settling");

TEST_CASE("beta lies in [0, 1)") {
  support::ranges(&Settling::beta, "Settling.beta", {0, 0.9}, {1, -0.1, support::not_a_number});
}

TEST_SUITE_END();
