// SPDX-License-Identifier: MIT
#include <gradus/core/float_parts.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

using gradus::detail::FloatParts;

static_assert(FloatParts<double>::exponent(-12) == 3 && FloatParts<double>::fraction(-12) == 1.5);
static_assert(FloatParts<double>::power_of_two(-1023) == 0);
static_assert(FloatParts<float>::power_of_two(128) == std::numeric_limits<float>::infinity());

TEST_SUITE_BEGIN("float_parts");

TEST_CASE_TEMPLATE("a number is its fraction times two to its exponent", T, float, double) {
  using Parts = FloatParts<T>;
  using Limits = std::numeric_limits<T>;
  for (const T x : {T(1), T(0.1), T(-3), Limits::min(), Limits::max(), Limits::epsilon()}) {
    int exponent;
    const T fraction = std::frexp(std::abs(x), &exponent);
    CHECK(Parts::exponent(x) == static_cast<T>(exponent - 1));
    CHECK(Parts::fraction(x) == 2 * fraction);
  }
  CHECK(Parts::exponent(T(0)) == -Parts::largest);
  CHECK(Parts::exponent(Limits::denorm_min()) == -Parts::largest);
  CHECK(Parts::exponent(-Limits::infinity()) == Parts::largest + 1);
}

TEST_CASE_TEMPLATE("power_of_two gives all powers of two, and 0 and infinity just outside their range", T, float,
                   double) {
  using Parts = FloatParts<T>;
  for (T n = 1 - Parts::largest; n <= Parts::largest; n += 1)
    if (Parts::power_of_two(n) != std::ldexp(T(1), static_cast<int>(n))) FAIL_CHECK(n);
  CHECK(Parts::power_of_two(-Parts::largest) == 0);
  CHECK(Parts::power_of_two(Parts::largest + 1) == std::numeric_limits<T>::infinity());
}

TEST_CASE_TEMPLATE("nearest rounds to the nearest whole number, ties to even", T, float, double) {
  for (const T x : {T(0), T(0.5), T(1.5), T(2.5), T(-0.5), T(-1.25), T(1000.75), T(-77777)})
    CHECK(FloatParts<T>::nearest(x) == std::nearbyint(x));
}

TEST_CASE_TEMPLATE("rough_power is within 1/7 of the power", T, float, double) {
  using Parts = FloatParts<T>;
  const int most = static_cast<int>(Parts::largest);
  for (const T power : {T(-1) / 3, T(0.5), T(-0.9), T(0.9)})
    for (int n = 1 - most; n < most; ++n)
      for (const T fraction : {T(1), T(1.2), T(1.45), T(1.7), T(1.99)}) {
        const T x = std::ldexp(fraction, n), exact = std::pow(x, power);
        if (std::abs(Parts::rough_power(x, power, 0) / exact - 1) > T(1) / 7) FAIL_CHECK(x, " to the power ", power);
      }
  CHECK(std::abs(std::log2(Parts::rough_power(T(1), T(-1) / 3, T(-0.25))) + 0.25) < 0.1);
}

TEST_SUITE_END();
