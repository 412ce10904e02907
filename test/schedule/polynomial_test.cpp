// SPDX-License-Identifier: MIT
#include <gradus/schedule/polynomial.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

using gradus::Linear;
using gradus::Polynomial;
using support::last_step;

static_assert(Linear{2, 6, 4}(1) == 2);
static_assert(Linear{2, 6, 4}(2) == 3);
static_assert(Linear{2, 6, 4}(5) == 6);
static_assert(Linear{2, 6, 4}(last_step) == 6);
static_assert(Linear{2, 6, 4, 10}(11) == 2);
static_assert(Linear{2, 6, 4, 10}(12) == 3);
static_assert(Linear{2, 6, 0}(1) == 6);

TEST_SUITE_BEGIN("polynomial");

TEST_CASE("a line is a polynomial of power 1, and both end at their target") {
  for (std::int64_t t = 1; t < 12; ++t) CHECK(Polynomial{5, 1, 8}(t) == doctest::Approx(Linear{5, 1, 8}(t)));
  CHECK(Polynomial{.from = 8, .steps = 4, .power = 2}(3) == 8 * 0.25);
  CHECK(Polynomial{.from = 8, .to = 1, .steps = 4, .power = 2}(last_step) == 1);
  CHECK(Polynomial{.from = 8, .to = 1, .steps = 4, .power = 2, .begin = 7}(8) == 8);
}

TEST_CASE("the number of steps and the start are at least 0") {
  CHECK_THROWS_WITH(static_cast<void>(gradus::Linear{0, 1, -1}(1)),
                    "gradus: Linear.steps is -1: give a finite number of at least 0");
  CHECK_THROWS_WITH(static_cast<void>(gradus::Polynomial{.begin = -1}(1)),
                    "gradus: Polynomial.begin is -1: give a finite number of at least 0");
}

TEST_SUITE_END();
