// SPDX-License-Identifier: MIT
#include <gradus/step/clock_rows.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

using gradus::detail::ClockRows;

namespace {

constexpr std::size_t rows = 4;  // one row for the run and one for each of three leaves

ClockRows started() {
  ClockRows clocks;
  const std::vector<double> start{0, 1};
  clocks.start(start, rows);
  return clocks;
}

std::vector<double> row(const ClockRows& clocks, std::size_t which) {
  const auto row = clocks.row(which);
  return {row.begin(), row.end()};
}

/// Advances the run and the first leaf by a step, as a device does.
void move_first(ClockRows& clocks) {
  for (double* number : {clocks.data(), clocks.data() + 2}) number[0] += 1, number[1] *= 0.5;
}

using ClockRow = std::vector<double>;

}  // namespace

TEST_SUITE_BEGIN("clock rows");

TEST_CASE("every row starts with the given values, also when started again") {
  ClockRows clocks;
  CHECK(clocks.empty());
  for (int round = 0; round < 2; ++round) {
    clocks.start(ClockRow{3, 0.5}, rows);
    CHECK_FALSE(clocks.empty());
    CHECK(clocks.count() == 3);
    for (std::size_t r = 0; r < rows; ++r) CHECK(row(clocks, r) == ClockRow{3, 0.5});
    clocks.row(2)[1] = 9;
  }
}

TEST_CASE("writing to one row changes that row only") {
  ClockRows clocks = started();
  clocks.row(2)[0] = 7;
  CHECK(row(clocks, 2) == ClockRow{7, 1});
  for (const std::size_t other : std::vector<std::size_t>{0, 1, 3}) CHECK(row(clocks, other) == ClockRow{0, 1});
  CHECK(clocks.data()[2 * 2] == 7);
  CHECK(clocks.count() == 0);
}

TEST_CASE("while all leaves are even, they share the first leaf's row, and the run keeps its own") {
  ClockRows clocks = started();
  clocks.row(0)[0] = 5;
  CHECK(clocks.make_even());
  CHECK_FALSE(clocks.is_uneven());
  move_first(clocks);
  CHECK(row(clocks, 0) == ClockRow{6, 0.5});
  for (std::size_t leaf = 1; leaf < rows; ++leaf) CHECK(row(clocks, leaf) == ClockRow{1, 0.5});
  CHECK(clocks.make_even());
}

TEST_CASE("writing one row spreads the shared values to all leaf rows first") {
  ClockRows clocks = started();
  CHECK(clocks.make_even());
  move_first(clocks), move_first(clocks);
  clocks.row(3)[0] = 9;
  CHECK(row(clocks, 1) == ClockRow{2, 0.25});
  CHECK(row(clocks, 2) == ClockRow{2, 0.25});
  CHECK(row(clocks, 3) == ClockRow{9, 0.25});
  CHECK_FALSE(clocks.make_even());
  CHECK(clocks.is_uneven());
  clocks.row(3)[0] = 2;
  CHECK(clocks.make_even());
}

TEST_CASE("after make_uneven, each row advances on its own") {
  ClockRows clocks = started();
  CHECK(clocks.make_even());
  move_first(clocks);
  clocks.make_uneven();
  CHECK(clocks.is_uneven());
  move_first(clocks);
  CHECK(row(clocks, 1) == ClockRow{2, 0.25});
  CHECK(row(clocks, 2) == ClockRow{1, 0.5});
  CHECK(row(clocks, 3) == ClockRow{1, 0.5});
  CHECK_FALSE(clocks.make_even());
}

TEST_CASE("rows compare equal by the values they show") {
  ClockRows even = started(), spread = started();
  CHECK(even == spread);
  CHECK(even.make_even());
  move_first(even);
  CHECK_FALSE(even == spread);
  for (std::size_t r = 0; r < rows; ++r) spread.row(r)[0] = 1, spread.row(r)[1] = 0.5;
  CHECK(even == spread);
  const ClockRows copy = even;
  CHECK(copy == spread);
  spread.row(3)[1] = 0.25;
  CHECK_FALSE(copy == spread);

  ClockRows fewer;
  fewer.start(ClockRow{1, 0.5}, rows - 1);
  CHECK_FALSE(even == fewer);
  CHECK(ClockRows{} == ClockRows{});
  CHECK_FALSE(ClockRows{} == fewer);
}

TEST_CASE("a single leaf, or none, counts as even") {
  for (const std::size_t few : std::vector<std::size_t>{1, 2}) {
    ClockRows clocks;
    clocks.start(ClockRow{1}, few);
    CHECK(clocks.make_even());
    clocks.row(few - 1)[0] = 4;
    CHECK(std::as_const(clocks).row(few - 1)[0] == 4);
  }
}

TEST_CASE("a captured step's clocks go on as they were, if they can") {
  ClockRows clocks = started();
  CHECK(clocks.go_on(true));
  clocks.row(1)[0] = 5;
  CHECK_FALSE(clocks.go_on(true));
  clocks.row(2)[0] = clocks.row(3)[0] = 5;
  CHECK(clocks.go_on(true));
  move_first(clocks);
  CHECK(clocks.go_on(false));
  CHECK(clocks.is_uneven());
  CHECK(row(clocks, 3) == row(clocks, 1));
}

TEST_SUITE_END();
