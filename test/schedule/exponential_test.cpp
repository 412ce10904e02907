// SPDX-License-Identifier: MIT
#include <gradus/schedule/exponential.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <cmath>

using gradus::Exponential;
using support::last_step;

TEST_SUITE_BEGIN("exponential");

TEST_CASE("falls by the same factor over every given number of steps, smoothly or in stairs") {
  const Exponential smooth{.from = 8, .rate = 0.25, .steps = 4};
  CHECK(smooth(1) == 8);
  CHECK(smooth(3) == doctest::Approx(4));
  CHECK(smooth(5) == doctest::Approx(2));
  CHECK(smooth(last_step) == 0);
  const Exponential stairs{.from = 8, .rate = 0.25, .steps = 4, .staircase = true};
  CHECK(stairs(4) == 8);
  CHECK(stairs(5) == 2);
  CHECK(stairs(8) == 2);
}

TEST_CASE("starts after a delay and stops at its bound") {
  const Exponential falling{.from = 8, .rate = 0.5, .begin = 3, .to = 1.5};
  CHECK(falling(4) == 8);
  CHECK(falling(5) == 4);
  CHECK(falling(last_step) == 1.5);
  const Exponential rising{.from = 1, .rate = 2, .to = 10};
  CHECK(rising(4) == 8);
  CHECK(rising(5) == 10);
  CHECK(rising(last_step) == 10);
}

TEST_CASE("hyper-parameters out of range are refused") {
  CHECK_THROWS_WITH(static_cast<void>(Exponential{.steps = 0}(1)),
                    "gradus: Exponential.steps is 0: give a number from 1 to infinity");
  CHECK_THROWS_WITH(static_cast<void>(Exponential{.rate = -1}(1)),
                    "gradus: Exponential.rate is -1: give a finite number of at least 0");
}

TEST_CASE("a bound above a slow growth") {
  const Exponential rising{.from = 1, .rate = 1.5, .to = 2};
  CHECK(rising(2) == 1.5);
  CHECK(rising(3) == 2);
}

TEST_SUITE_END();
