// SPDX-License-Identifier: MIT
#include <gradus/parameters/foreign.hpp>

#include <doctest/doctest.h>

#include <list>
#include <set>
#include <valarray>
#include <vector>

using namespace gradus::detail;

TEST_SUITE_BEGIN("foreign");

TEST_CASE("a type is recognized by its namespace and template") {
  CHECK(is_node_container<std::list<double>>());
  CHECK(is_node_container<const std::set<float>&>());
  CHECK_FALSE(is_node_container<std::vector<double>>());
  CHECK(from_library<std::slice_array<double>&>("std::slice_array<"));
  CHECK_FALSE(from_library<std::valarray<double>>("std::slice_array<"));
}

TEST_SUITE_END();
