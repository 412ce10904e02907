// SPDX-License-Identifier: MIT
#include <gradus/compose/partition_state.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("partition_state");

TEST_CASE("a default state shows nothing, equals another, and refuses what needs a run") {
  PartitionState<State, State, State> state;
  std::size_t shown = 0;
  state.visit([&](std::string_view, std::string_view, auto) { ++shown; });
  CHECK(shown == 0);
  CHECK(state == PartitionState<State, State, State>{});
  CHECK(state.step() == 0);
  CHECK_THROWS_WITH_AS(state.step(3), doctest::Contains("belongs to no run"), Refused);
  CHECK_THROWS_WITH_AS(state.slot<double>("velocity", "a"), doctest::Contains("no leaf \"a\""), Refused);
}

namespace {

using NamedRows = std::map<std::string, std::vector<double>>;

const NamedRows uphill_of_rows{{"a", {1}}, {"b", {2}}};

auto split_at(const char* first) {
  return Partition{ClipNorm{10}, for_leaves(Named{first}, Momentum{0.5}), for_others(Momentum{0.5}, LearningRate{0.5})};
}

}  // namespace

TEST_CASE("a state that another one is assigned to goes on as that, whatever leaves it had before") {
  const auto optimizer = split_at("a");
  NamedRows theta{{"a", {0}}, {"b", {0}}}, same;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, uphill_of_rows, state), optimizer.ascend(theta, uphill_of_rows, state);
  const auto goes_on = [&](auto assigned) {
    assigned = std::as_const(state);
    CHECK(assigned == state);
    CHECK(assigned.step() == 2);
    same = theta;
    optimizer.ascend(same, uphill_of_rows, assigned);
    auto copy = state;
    NamedRows expected = theta;
    optimizer.ascend(expected, uphill_of_rows, copy);
    CHECK(same == expected);
    CHECK(assigned == copy);
    CHECK_FALSE(assigned == state);
  };
  goes_on(optimizer.init(theta));
  goes_on(split_at("b").init(theta));
  const NamedRows longer{{"a", {0, 0}}, {"b", {0}}, {"c", {0}}};
  goes_on(optimizer.init(longer));
  goes_on(decltype(state)());
}

TEST_CASE("a state that is assigned knows which leaves are in no part") {
  const Partition optimizer{for_leaves(Named{"a"}, LearningRate{1})};
  NamedRows both{{"a", {0}}, {"b", {0}}}, alone{{"a", {0}}};
  auto state = optimizer.init(both);
  state = std::as_const(*std::make_unique<decltype(state)>(optimizer.init(alone)));
  optimizer.ascend(alone, NamedRows{{"a", {2}}}, state);
  CHECK(alone["a"][0] == 2);
}

TEST_CASE("states differ by their step, by a slot of any part, and by the part that a leaf is in") {
  const NamedRows theta{{"a", {0}}, {"b", {0}}};
  const auto state = split_at("a").init(theta);
  CHECK(state == split_at("a").init(theta));
  CHECK_FALSE(state == split_at("b").init(theta));
  for (const char* leaf : {"a", "b"}) {
    auto other = state;
    other.slot<double>("velocity", leaf)[0] = 1;
    CHECK_FALSE(state == other);
  }
  auto later = state;
  later.step(3);
  CHECK(later.step() == 3);
  CHECK_FALSE(state == later);
  static_cast<State&>(later) = state;  // the parts are later still
  CHECK_FALSE(state == later);
}

TEST_SUITE_END();
