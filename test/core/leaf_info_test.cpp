// SPDX-License-Identifier: MIT
#include <gradus/core/leaf_info.hpp>

#include <doctest/doctest.h>

using gradus::LeafInfo;
using gradus::of_leaf;

TEST_SUITE_BEGIN("leaf info");

TEST_CASE("a callable can take a leaf's name or all of its LeafInfo") {
  static constexpr std::size_t extents[]{2, 3};
  const LeafInfo leaf{"weight", extents, "float"};
  CHECK(of_leaf([](std::string_view name) { return name.size(); }, leaf) == 6);
  CHECK(of_leaf([](const LeafInfo& info) { return info.shape.size(); }, leaf) == 2);
  CHECK(of_leaf([](const LeafInfo& info) { return info.element; }, leaf) == "float");
  static_assert(!gradus::OfLeaf<decltype([](int) { return 1; })>);
}

TEST_SUITE_END();
