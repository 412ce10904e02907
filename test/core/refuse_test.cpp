// SPDX-License-Identifier: MIT
#include <gradus/core/refuse.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("refuse");

TEST_CASE("a refusal is an invalid argument that says who speaks") {
  CHECK_THROWS_WITH_AS(gradus::refuse("rate is -1"), "gradus: rate is -1", gradus::Refused);
  CHECK_THROWS_AS(gradus::refuse("rate is -1"), std::invalid_argument);
}

TEST_CASE("a sentence is put together of words and numbers of any type") {
  CHECK_THROWS_WITH_AS(gradus::refuse({"step is ", -3, " of ", std::string("a run"), ": ", std::string_view("give "),
                                       0.5f, ", ", 1e300, " or ", std::size_t{7}}),
                       "gradus: step is -3 of a run: give 0.5, 1e+300 or 7", gradus::Refused);
  CHECK_THROWS_WITH_AS(gradus::refuse({"two", " words"}), "gradus: two words", gradus::Refused);
}

TEST_CASE("pieces are put together as they are written") {
  CHECK(gradus::detail::joined({}).empty());
  CHECK(gradus::detail::joined({"layer[", 2, "]", std::string(), ".weight"}) == "layer[2].weight");
}

TEST_CASE("numbers are written as the shortest text that reads back") {
  CHECK(gradus::detail::text(0.1) == "0.1");
  CHECK(gradus::detail::text(1e300) == "1e+300");
  CHECK(gradus::detail::text(-3) == "-3");
  CHECK(gradus::detail::text(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(gradus::detail::text(-std::numeric_limits<double>::infinity()) == "-inf");
  for (const double x : {1.0 / 3, std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::lowest()})
    CHECK(std::strtod(gradus::detail::text(x).c_str(), nullptr) == x);
}

TEST_SUITE_END();
