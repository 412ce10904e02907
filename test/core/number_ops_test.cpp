// SPDX-License-Identifier: MIT
#include <gradus/core/number_ops.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using gradus::detail::NumberOps;

TEST_SUITE_BEGIN("number_ops");

TEST_CASE_TEMPLATE("operations match those of plain numbers, in constant expressions too", T, float, double) {
  using Ops = NumberOps<T>;
  static_assert(Ops::add(1, 2) == 3 && Ops::sub(1, 2) == -1 && Ops::mul(3, 2) == 6 && Ops::div(3, 2) == T(1.5));
  static_assert(Ops::lone_mul(3, 2) == 6 && Ops::neg(2) == -2 && Ops::abs(-2) == 2 && Ops::sqrt(9) == 3);
  static_assert(Ops::choose_less(1, 2, 3, 4) == 3 && Ops::choose_less_equal(2, 2, 3, 4) == 3);
  static_assert(Ops::choose_equal(1, 2, 3, 4) == 4);
  CHECK(Ops::fma(T(3), T(2), T(1)) == 7);
  CHECK(Ops::constant(0.1) == static_cast<T>(0.1));
}

TEST_CASE_TEMPLATE("min and max return the first argument if both are equal or either is NaN", T, float, double) {
  using Ops = NumberOps<T>;
  constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(Ops::min(1, 2) == 1);
  CHECK(Ops::max(1, 2) == 2);
  CHECK(std::signbit(Ops::min(T(-0.0), T(0))));
  CHECK(std::signbit(Ops::max(T(-0.0), T(0))));
  CHECK(std::isnan(Ops::min(nan, 1)));
  CHECK(Ops::min(1, nan) == 1);
  CHECK(Ops::max(1, nan) == 1);
}

TEST_SUITE_END();
