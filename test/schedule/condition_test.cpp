// SPDX-License-Identifier: MIT
#include <gradus/schedule/condition.hpp>

#include "support/last_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace gradus;
using support::last_step;

namespace {

Step at(std::int64_t count) { return {.count = count}; }
constexpr auto by_name = [](std::string_view leaf) { return leaf.empty(); };

}  // namespace

static_assert(StepCondition<Every> && StepCondition<From> && StepCondition<Until>);
static_assert(LeafCondition<decltype(by_name)> && LeafCondition<Named>);
static_assert(!Condition<int>);

TEST_SUITE_BEGIN("condition");

TEST_CASE("Every, From and Until hold in the right steps") {
  const Every fifth{5};
  CHECK(!fifth(at(1)));
  CHECK(fifth(at(5)));
  CHECK(!fifth(at(6)));
  CHECK(Every{1}(at(last_step)));
  CHECK(fifth.period() == 5);
  CHECK(!From{3}(at(2)));
  CHECK(From{3}(at(3)));
  CHECK(From{last_step}(at(last_step)));
  CHECK(Until{3}(at(3)));
  CHECK(!Until{3}(at(4)));
}

TEST_CASE("a period has at least one step") {
  CHECK_THROWS_WITH(static_cast<void>(Every{0}(at(1))), "gradus: Every.steps is 0: give a number from 1 to infinity");
}

TEST_SUITE_END();
