// SPDX-License-Identifier: MIT
#include <gradus/compose/partition_state.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

using namespace gradus;

TEST_SUITE_BEGIN("partition_state");

TEST_CASE("a default state shows nothing, equals another, and refuses what needs a run") {
  PartitionState<State, State, State> state;
  std::size_t shown = 0;
  state.visit([&](std::string_view, std::string_view, auto) { ++shown; });
  CHECK(shown == 0);
  CHECK(state == PartitionState<State, State, State>{});
  CHECK(state.step() == 0);
  CHECK_THROWS_WITH_AS(state.step(3), doctest::Contains("belongs to no run"), Refused);
  CHECK_THROWS_WITH_AS(state.slot<double>("velocity", "a"), doctest::Contains("no leaf \"a\""), Refused);
}

TEST_SUITE_END();
