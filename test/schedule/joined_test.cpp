// SPDX-License-Identifier: MIT
#include <gradus/schedule/joined.hpp>

#include "support/last_step.hpp"

#include <gradus/schedule/polynomial.hpp>

#include <doctest/doctest.h>

#include <cstdint>

using namespace gradus;
using support::last_step;

static_assert(Joined{Linear{0, 4, 4}, 4, Linear{8, 6, 2}}(4) == 3);
static_assert(Joined{Linear{0, 4, 4}, 4, Linear{8, 6, 2}}(5) == 8);
static_assert(Joined{Linear{0, 4, 4}, 4, Linear{8, 6, 2}}(6) == 7);
static_assert(Joined{Linear{0, 4, 4}, 4, Linear{8, 6, 2}}(last_step) == 6);
static_assert(Joined{Linear{0, 4, 4}, 4, Joined{Linear{8, 6, 2}, 1, Linear{1, 3, 2}}}(6) == 1);
static_assert(Repeated{Linear{0, 4, 4}, 3}(4) == 0);
static_assert(Repeated{Linear{0, 4, 4}, 3}(6) == 2);
static_assert(Repeated{Linear{0, 4, 4}, 3}(last_step) <= 2);
static_assert(Product{Linear{0, 4, 4}, Linear{8, 6, 2}}(2) == 7);

TEST_SUITE_BEGIN("joined");

TEST_CASE("any callable can be joined, repeated and multiplied") {
  const auto step = [](std::int64_t t) { return static_cast<double>(t); };
  CHECK(Joined{step, 3, step}(5) == 2);
  CHECK(Repeated{step, 3}(5) == 2);
  CHECK(Product{step, step, step}(5) == 125);
}

TEST_CASE("a round has at least one step") {
  CHECK_THROWS_WITH(static_cast<void>((Repeated{Linear{}, 0}(1))),
                    "gradus: Repeated<Linear>.steps is 0: give a number from 1 to infinity");
}

TEST_CASE("the first schedule has no negative number of steps") {
  CHECK_THROWS_WITH(static_cast<void>((Joined{Linear{}, -1, Linear{}}(1))),
                    "gradus: Joined<Linear, Linear>.steps is -1: give a finite number of at least 0");
}

TEST_SUITE_END();
