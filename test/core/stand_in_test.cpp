// SPDX-License-Identifier: MIT
#include <gradus/core/stand_in.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

namespace {

struct Plain {
  int number = 1;
};

struct Later : Plain {
  using policy = Plain;
  Plain in_step(std::int64_t step) const { return {static_cast<int>(step)}; }
};

struct Wide : Plain {
  using grouped = Plain;
  Plain in_leaf(const LeafInfo& leaf) const { return {static_cast<int>(leaf.name.size())}; }
};

static_assert(FollowingPolicy<Later> && !FollowingPolicy<Plain>);
static_assert(GroupedPolicy<Wide> && !GroupedPolicy<Plain>);
static_assert(std::same_as<policy_of<Later>, Plain> && std::same_as<policy_of<Wide>, Wide>);
static_assert(std::same_as<grouped_of<Wide>, Plain> && std::same_as<grouped_of<Plain>, Plain>);

}  // namespace

TEST_SUITE_BEGIN("stand in");

TEST_CASE("in_leaf returns the policy itself, unless it differs by leaf") {
  const Plain plain{3};
  CHECK(&in_leaf(plain, no_leaf) == &plain);
  CHECK(in_leaf(Wide{}, LeafInfo{"abcd", {}, {}}).number == 4);
}

TEST_SUITE_END();
