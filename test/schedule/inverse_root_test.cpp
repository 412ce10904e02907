// SPDX-License-Identifier: MIT
#include <gradus/schedule/inverse_root.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <cmath>

using gradus::InverseRoot;
using support::last_step;

TEST_SUITE_BEGIN("inverse_root");

TEST_CASE("rises linearly, then falls with the inverse square root") {
  const InverseRoot schedule{.peak = 8, .warmup = 4};
  CHECK(schedule(1) == 2);
  CHECK(schedule(4) == 8);
  CHECK(schedule(16) == 4);
  CHECK(schedule(400) == doctest::Approx(0.8));
  CHECK(schedule(last_step) > 0);
}

TEST_CASE("warm-up takes at least one step") {
  CHECK_THROWS_WITH(static_cast<void>(InverseRoot{.warmup = 0}(1)),
                    "gradus: InverseRoot.warmup is 0: give a number from 1 to infinity");
}

TEST_CASE("falls from the end of the warm-up on") {
  CHECK(InverseRoot{.peak = 8, .warmup = 4}(6) == doctest::Approx(8 / std::sqrt(1.5)));
}

TEST_SUITE_END();
