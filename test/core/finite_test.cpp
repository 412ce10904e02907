// SPDX-License-Identifier: MIT
#include <gradus/core/finite.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <limits>

using gradus::is_finite;
using gradus::is_nan;
using gradus::magnitude_bits;

static_assert(is_finite(1.0) && !is_finite(std::numeric_limits<float>::infinity()));
static_assert(is_nan(std::numeric_limits<double>::quiet_NaN()) && !is_nan(0.0f));

TEST_SUITE_BEGIN("finite");

TEST_CASE_TEMPLATE("bit patterns tell numbers, infinities and NaNs apart", T, float, double, long double) {
  using Limits = std::numeric_limits<T>;
  for (const T x : {T(0), T(-0.0), T(1), Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min()}) {
    CHECK(is_finite(x));
    CHECK_FALSE(is_nan(x));
  }
  for (const T x : {Limits::infinity(), -Limits::infinity()}) {
    CHECK_FALSE(is_finite(x));
    CHECK_FALSE(is_nan(x));
  }
  for (const T x : {Limits::quiet_NaN(), -Limits::quiet_NaN(), Limits::signaling_NaN()}) {
    CHECK_FALSE(is_finite(x));
    CHECK(is_nan(x));
  }
}

TEST_CASE_TEMPLATE("compared as integers, the bits of magnitudes are ordered like the magnitudes", T, float, double,
                   long double) {
  using Limits = std::numeric_limits<T>;
  const T ascending[]{0, Limits::denorm_min(), Limits::min(), T(0.5), 1, 2, Limits::max(), Limits::infinity()};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    CHECK(magnitude_bits(ascending[i - 1]) < magnitude_bits(ascending[i]));
    CHECK(magnitude_bits(-ascending[i]) == magnitude_bits(ascending[i]));
  }
  CHECK(magnitude_bits(Limits::infinity()) == gradus::infinity_bits<T>);
  CHECK(magnitude_bits(Limits::quiet_NaN()) > gradus::infinity_bits<T>);
}

TEST_SUITE_END();
