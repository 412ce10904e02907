// SPDX-License-Identifier: MIT
#include <gradus/schedule/cyclic.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>

using gradus::Cyclic;
using support::last_step;

TEST_SUITE_BEGIN("cyclic");

TEST_CASE("up and down between two values") {
  const Cyclic cyclic{.low = 1, .high = 5, .up = 2, .down = 4};
  for (const std::int64_t round : std::array<std::int64_t, 3>{0, 1, 1000}) {
    CHECK(cyclic(6 * round + 1) == 1);
    CHECK(cyclic(6 * round + 2) == 3);
    CHECK(cyclic(6 * round + 3) == 5);
    CHECK(cyclic(6 * round + 4) == 4);
    CHECK(cyclic(6 * round + 6) == 2);
  }
  CHECK(cyclic(last_step) >= 1);
}

TEST_CASE("the amplitude shrinks per round or per step") {
  const Cyclic halved{.low = 1, .high = 5, .up = 2, .down = 2, .per_round = 0.5};
  CHECK(halved(3) == 5);
  CHECK(halved(7) == 3);
  CHECK(halved(11) == 2);
  const Cyclic fading{.low = 1, .high = 5, .up = 2, .down = 2, .factor = 0.5};
  CHECK(fading(3) == 2);
  CHECK(fading(last_step) == 1);
}

TEST_CASE("a round as long as the run") {
  const Cyclic slow{.low = 0, .high = 1, .up = last_step, .down = last_step};
  CHECK(slow((last_step >> 1) + 1) == doctest::Approx(0.5));
  CHECK(slow(last_step) == doctest::Approx(1));
  CHECK(Cyclic{.low = 0, .high = 1, .up = last_step >> 1, .down = last_step}(last_step) == doctest::Approx(0.5));
}

TEST_CASE("the numbers of steps up and down are at least 1") {
  CHECK_THROWS_WITH(static_cast<void>(Cyclic{.up = 0}(1)), "gradus: Cyclic.up is 0: give a number from 1 to infinity");
  CHECK_THROWS_WITH(static_cast<void>(Cyclic{.down = 0}(1)),
                    "gradus: Cyclic.down is 0: give a number from 1 to infinity");
}

TEST_CASE("in a first round that never ends the amplitude per round stays") {
  const Cyclic slow{.low = 0, .high = 1, .up = last_step, .down = last_step, .per_round = 0.5};
  CHECK(slow((last_step >> 1) + 1) == doctest::Approx(0.5));
}

TEST_CASE("the usual triangle lies between 0 and 1, a step up and a step down") {
  const Cyclic usual;
  CHECK(usual(1) == 0);
  CHECK(usual(2) == 1);
  CHECK(usual(3) == 0);
}

TEST_SUITE_END();
