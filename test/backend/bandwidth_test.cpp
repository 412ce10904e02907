// SPDX-License-Identifier: MIT
#include <gradus/backend/bandwidth.hpp>

#include <doctest/doctest.h>

#include <cmath>

TEST_CASE("bandwidth: the measured rate is finite and positive for any buffer size") {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1000}, std::size_t{1} << 24}) {
    const double rate = gradus::Bandwidth::measured(bytes).bytes_per_second;
    CHECK(std::isfinite(rate));
    CHECK(rate > 0);
  }
}
