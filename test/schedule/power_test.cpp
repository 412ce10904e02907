// SPDX-License-Identifier: MIT
#include <gradus/schedule/power.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

using gradus::Power;
using support::last_step;

TEST_SUITE_BEGIN("power");

TEST_CASE("a power of the steps since begin, constant until then") {
  const Power root{.factor = 3, .exponent = 0.5};
  CHECK(root(1) == 3);
  CHECK(root(16) == 12);
  const Power later{.exponent = 0.25, .begin = 1};
  CHECK(later(1) == 1);
  CHECK(later(2) == 1);
  CHECK(later(17) == 2);
  CHECK(later(last_step) == doctest::Approx(std::pow(2, 63.0 / 4)));
  CHECK(Power{.exponent = 0.5, .begin = -1}(last_step) == doctest::Approx(std::pow(2, 63.0 / 2)));
}

TEST_CASE("from the second step on the power counts") {
  CHECK(Power{.factor = 3, .exponent = 2}(2) == 12);
  CHECK(Power{.factor = 3, .exponent = 2, .begin = 4}(6) == 12);
}

TEST_SUITE_END();
