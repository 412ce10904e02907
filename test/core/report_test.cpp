// SPDX-License-Identifier: MIT
#include <gradus/core/report.hpp>

#include <doctest/doctest.h>

#include <type_traits>

static_assert(std::is_aggregate_v<gradus::Report> && std::is_trivially_copyable_v<gradus::Report>);
static_assert(std::is_same_v<decltype(gradus::Report::step), std::int64_t>);

TEST_CASE("a report without rates has the rate 1") {
  CHECK(gradus::Report{}.step == 0);
  CHECK(gradus::Report{}.rate == 1);
  CHECK(gradus::Report{}.gradient_norm == 0);
}
