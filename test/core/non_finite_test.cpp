// SPDX-License-Identifier: MIT
#include <gradus/core/non_finite.hpp>

#include <doctest/doctest.h>

#include <type_traits>

static_assert(std::is_aggregate_v<gradus::NonFinite>);

TEST_CASE("a NonFinite counts its own step among those in a row") {
  CHECK(gradus::NonFinite{}.in_a_row == 1);
  CHECK(gradus::NonFinite{"w", 3, 1.0, 2}.leaf == "w");
}
