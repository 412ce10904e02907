// SPDX-License-Identifier: MIT
#include <gradus/core/power.hpp>

#include <doctest/doctest.h>

#include <initializer_list>

#include <cmath>
#include <limits>

using gradus::next_power;
using gradus::to_power;

static_assert(next_power(0.25, 0.5) == 0.125);

TEST_SUITE_BEGIN("power");

TEST_CASE("running powers follow std::pow") {
  for (const double base : {0.5, 0.9, 0.999, 1.0, 1.001, -0.7}) {
    double power = 1;
    for (int t = 1; t <= 1000; ++t) {
      power = next_power(power, base);
      CHECK(power == doctest::Approx(std::pow(base, t)).epsilon(1e-12));
    }
  }
}

TEST_CASE("a power in a constant expression matches the C library up to the last digits") {
  constexpr double constant[]{to_power(2, 0.5), to_power(1e-6, 0.75), to_power(3e9, -1.25),
                              to_power(7, 0),   to_power(0, 0),       to_power(0, 2)};
  const double base[]{2, 1e-6, 3e9, 7, 0, 0}, exponent[]{0.5, 0.75, -1.25, 0, 0, 2};
  for (int k = 0; k < 6; ++k) {
    CHECK(constant[k] == doctest::Approx(std::pow(base[k], exponent[k])).epsilon(1e-14));
    CHECK(to_power(base[k], exponent[k]) == std::pow(base[k], exponent[k]));
  }
}

TEST_CASE("a power becomes 0 before it becomes denormal") {
  const double smallest = std::numeric_limits<double>::min();
  CHECK(next_power(smallest * 4, 0.5) == smallest * 2);
  CHECK(next_power(smallest, 0.5) == 0);
  CHECK(next_power(-smallest, 0.5) == 0);
  CHECK(next_power(0, 0.9) == 0);
  double power = 1;
  for (int t = 0; t < 10000; ++t) {
    power = next_power(power, 0.9);
    CHECK((power == 0 || power >= smallest));
  }
  CHECK(power == 0);
}

TEST_SUITE_END();
