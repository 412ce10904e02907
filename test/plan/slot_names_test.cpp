// SPDX-License-Identifier: MIT
#include <gradus/plan/slot_names.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("slot_names");

TEST_CASE("a repeated name, or the reserved name of the clock, gets a number") {
  constexpr detail::SlotNames<6> names(std::array<Slot, 6>{{{"a"}, {"b"}, {"a"}, {"a"}, {"clock"}, {"b"}}});
  CHECK(names[0] == "a");
  CHECK(names[1] == "b");
  CHECK(names[2] == "a 2");
  CHECK(names[3] == "a 3");
  CHECK(names[4] == "clock 2");
  CHECK(names[5] == "b 2");
}

TEST_CASE("a name may occur more than nine times") {
  std::array<Slot, 12> slots{};
  slots.fill({"v"});
  const detail::SlotNames<12> names(slots);
  CHECK(names[8] == "v 9");
  CHECK(names[9] == "v 10");
  CHECK(names[11] == "v 12");
}

namespace {

/// A policy whose slot has the name of a leaf's clock.
struct Clocked {
  static constexpr Slot slots[]{{"clock"}};
  static constexpr void apply(Record& r, Lane& clock) { r.update = clock = clock + r.update; }
};

/// A policy whose slot has the name that averages use.
struct Averaging {
  static constexpr Slot slots[]{{"average"}};
  static constexpr void apply(Record& r, Lane& average) { average = average + 1, r.update = r.update + 0 * average; }
};

// Saves a run by slot names halfway, restores it into a new state, and compares it with a run that went on.
template <class Optimizer>
void restored_by_name(const Optimizer& optimizer) {
  std::vector<double> theta{1, 2}, other;
  auto state = optimizer.init(theta), restored = state;
  std::map<std::string, std::vector<double>> saved;
  for (int t = 1; t <= 12; ++t) {
    const std::vector<double> g{1.0 / t, theta[0] - theta[1]};
    optimizer.ascend(theta, g, state);
    if (t == 7) {
      other = theta, restored.step(state.step());
      std::size_t values = 0;
      state.visit([&](std::string_view leaf, std::string_view slot, std::span<const double> x) {
        saved[std::string(leaf) + "/" + std::string(slot)].assign(x.begin(), x.end()), ++values;
      });
      CHECK(saved.size() == values);  // no name occurs twice
      restored.visit([&](std::string_view leaf, std::string_view slot, std::span<double> x) {
        std::ranges::copy(saved.at(std::string(leaf) + "/" + std::string(slot)), x.begin());
      });
    } else if (t > 7) {
      optimizer.ascend(other, g, restored);
    }
  }
  CHECK(other == theta);
}

}  // namespace

TEST_CASE("a state saved by names can be restored, whatever policies call their slots") {
  restored_by_name(Optimizer{Momentum{0.5}, Momentum{0.9}, LearningRate{0.1}});
  restored_by_name(Optimizer{MixedMomentum{}, LearningRate{0.1}, Lookahead{}});
  restored_by_name(Optimizer{Clocked{}, LearningRate{0.1}});
}

TEST_CASE("slots are read and carried over by these names, and averages find theirs") {
  const Optimizer optimizer{Averaging{}, Momentum{0.5}, Momentum{0.9}, LearningRate{0.1}, MovingAverage{0.5}};
  std::vector<double> theta{1, 2};
  auto state = optimizer.init(theta);
  const std::vector<double> g{1, -1};
  for (int t = 0; t < 5; ++t) optimizer.ascend(theta, g, state);
  CHECK(state.slot<double>("average")[0] == 5);
  CHECK(state.slot<double>("velocity 2")[0] != state.slot<double>("velocity")[0]);
  CHECK(averages(optimizer, theta, state).values()[0] == state.slot<double>("average 2")[0]);
  auto carried = optimizer.init(theta);
  carry_over(state, carried);
  CHECK((carried == state));
}

TEST_CASE("a name with a number is raised until nobody has it") {
  constexpr detail::SlotNames<4> names(std::array<Slot, 4>{{{"m"}, {"m 2"}, {"m"}, {"m 2"}}});
  CHECK(names[0] == "m");
  CHECK(names[1] == "m 2");
  CHECK(names[2] == "m 3");
  CHECK(names[3] == "m 2 2");
}

TEST_SUITE_END();
