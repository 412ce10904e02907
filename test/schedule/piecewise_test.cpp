// SPDX-License-Identifier: MIT
#include <gradus/schedule/piecewise.hpp>

#include "support/last_step.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace gradus;
using support::last_step;

TEST_SUITE_BEGIN("piecewise");

TEST_CASE("lines, stairs and cosines through the same knots, constant outside") {
  constexpr std::array knots{Knot{2, 1}, Knot{4, 5}, Knot{8, 3}};
  const Piecewise lines{knots}, stairs{knots, Between::stairs}, waves{knots, Between::cosine};
  for (const auto& all : {lines, stairs, waves}) {
    CHECK(all(1) == 1);
    CHECK(all(3) == 1);
    CHECK(all(5) == 5);
    CHECK(all(9) == 3);
    CHECK(all(last_step) == 3);
  }
  CHECK(lines(4) == 3);
  CHECK(lines(6) == 4.5);
  CHECK(stairs(4) == 1);
  CHECK(stairs(8) == 5);
  CHECK(waves(4) == doctest::Approx(3));
  CHECK(waves(6) == doctest::Approx(3 + 2 * (1 + std::cos(std::numbers::pi / 4)) / 2));
}

TEST_CASE("a knot may lie between two steps") {
  const Piecewise halves{std::array{Knot{0.5, 0}, Knot{1.5, 2}}};
  CHECK(halves(1) == 0);
  CHECK(halves(2) == 1);
  CHECK(halves(3) == 2);
}

TEST_CASE("knots out of order are refused, and two at one time are a jump") {
  CHECK_THROWS_WITH(static_cast<void>(Piecewise{std::array{Knot{0, 1}, Knot{5, 2}, Knot{3, 4}}}(1)),
                    "gradus: knot 3 of a Piecewise is at 3; give knots in the order of their times");
  CHECK_THROWS_AS(static_cast<void>(Piecewise{std::array{Knot{std::nan(""), 1}}}(1)), Refused);
  const Piecewise jump{std::array{Knot{0, 0}, Knot{4, 2}, Knot{4, 8}, Knot{8, 8}}};
  CHECK(jump(3) == 1);
  CHECK(jump(5) == 8);
}

TEST_CASE("one cycle rises to its peak and ends far below its start") {
  const OneCycle cycle{.peak = 0.5, .steps = 100, .rise = 0.3, .first = 25, .last = 100};
  CHECK(cycle(1) == doctest::Approx(0.02));
  CHECK(cycle(31) == 0.5);
  CHECK(cycle(101) == doctest::Approx(0.0002));
  CHECK(cycle(last_step) == doctest::Approx(0.0002));
}

TEST_CASE("a cycle has at least one step") {
  CHECK_THROWS_WITH(static_cast<void>(OneCycle{.steps = 0}(1)),
                    "gradus: OneCycle.steps is 0: give a number from 1 to infinity");
  CHECK_THROWS_WITH(static_cast<void>(OneCycle{.rise = 2}(1)), "gradus: OneCycle.rise is 2: give a number in [0, 1]");
}

TEST_CASE("one cycle is half a cosine up and half a cosine down") {
  const OneCycle cycle{.peak = 1, .steps = 100};  // from 1 / 25 by step 31 to 1, then to 1 / 250000
  CHECK(cycle(1) == doctest::Approx(0.04));
  CHECK(cycle(2) == doctest::Approx(0.04 + 0.96 * (1 - std::cos(std::numbers::pi / 30)) / 2));
  CHECK(cycle(16) == doctest::Approx((0.04 + 1) / 2));
  CHECK(cycle(31) == 1);
  CHECK(cycle(66) == doctest::Approx((1 + 4e-6) / 2));
  CHECK(1e6 * cycle(101) == doctest::Approx(4));
}

TEST_SUITE_END();
