// SPDX-License-Identifier: MIT
#include <gradus/step/state.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/leaf_adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using gradus::Optimizer;
using support::same_bits;
using Vector = std::vector<double>;

namespace {

/// What a file would hold of a run.
struct Saved {
  std::int64_t step = 0;
  std::map<std::pair<std::string, std::string>, std::vector<double>> values{};
};

Saved save(const gradus::State& state) {
  Saved saved{state.step()};
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    const bool fresh =
        saved.values.emplace(std::pair{leaf, slot}, std::vector<double>(values.begin(), values.end())).second;
    CHECK(fresh);  // a name is enough to find everything
  });
  return saved;
}

void restore(gradus::State& state, const Saved& saved) {
  std::size_t used = 0;
  state.visit([&](std::string_view leaf, std::string_view slot, auto values) {
    const auto& from = saved.values.at({std::string(leaf), std::string(slot)});
    REQUIRE(from.size() == values.size());
    for (std::size_t i = 0; i < from.size(); ++i)
      values[i] = static_cast<typename decltype(values)::value_type>(from[i]);
    ++used;
  });
  CHECK(used == saved.values.size());
  state.step(saved.step);
}

/// Continues both from the saved run and from the original, and compares every bit.
template <class T, class... Parts>
void check_restored(const Optimizer<Parts...>& optimizer) {
  auto x = support::parameters<T>(19);
  auto state = optimizer.init(x);
  for (unsigned t = 0; t < 4; ++t) optimizer.ascend(x, support::gradient<T>(19, t), state);
  auto y = x;
  auto restored = optimizer.init(y);
  restore(restored, save(state));
  CHECK(restored == state);
  for (unsigned t = 4; t < 9; ++t) {
    optimizer.ascend(x, support::gradient<T>(19, t), state);
    optimizer.ascend(y, support::gradient<T>(19, t), restored);
    CHECK(same_bits(x, y));
  }
  CHECK(restored == state);
}

const Optimizer whole_chain{gradus::CorrectedMomentum{}, gradus::LargestAdaptive{}, gradus::LearningRate{},
                            gradus::Warmup{.steps = 6}, gradus::Decay{.factor = 0.9}};

}  // namespace

TEST_CASE("state: a copy continues bit for bit, independently of the original") {
  auto x = support::parameters<double>(50), y = x;
  auto state = whole_chain.init(x);
  for (unsigned t = 0; t < 3; ++t) whole_chain.ascend(x, support::gradient<double>(50, t), state);
  y = x;
  gradus::State copy = state;
  CHECK(copy == state);
  for (unsigned t = 3; t < 6; ++t) whole_chain.ascend(x, support::gradient<double>(50, t), state);
  CHECK(copy.step() == 3);
  CHECK(copy != state);
  for (unsigned t = 3; t < 6; ++t) whole_chain.ascend(y, support::gradient<double>(50, t), copy);
  CHECK(copy == state);
  CHECK(same_bits(x, y));
}

TEST_CASE("state: moved and swapped like any value") {
  auto x = support::parameters<double>(9);
  auto state = whole_chain.init(x);
  const auto fresh = state;
  whole_chain.ascend(x, support::gradient<double>(9), state);
  const auto stepped = state;
  gradus::State moved = std::move(state);
  CHECK(moved == stepped);
  gradus::State other = fresh;
  std::swap(moved, other);
  CHECK(moved == fresh);
  CHECK(other == stepped);
  moved = std::move(other);
  whole_chain.ascend(x, support::gradient<double>(9), moved);
  CHECK(moved.step() == 2);
}

TEST_CASE("state: clocks compare equal by bits, so NaN equals itself") {
  const Optimizer optimizer{gradus::LeafAdaptive{}};
  Vector x{0};
  auto a = optimizer.init(x);
  optimizer.ascend(x, Vector{std::numeric_limits<double>::quiet_NaN()}, a);
  const auto b = a;
  CHECK(a == b);
}

TEST_CASE("state: slots compare equal by bits") {
  const Optimizer optimizer{gradus::Momentum{}};
  Vector x{0};
  auto a = optimizer.init(x);
  auto b = a;
  CHECK(a == b);
  const auto put = [](gradus::State& state, double value) {
    state.visit([&](std::string_view, std::string_view slot, auto values) {
      if (slot == "velocity") values[0] = static_cast<typename decltype(values)::value_type>(value);
    });
  };
  put(b, -0.0);
  CHECK(a != b);
  put(a, std::nan("")), put(b, std::nan(""));
  CHECK(a == b);
  b.step(1);
  CHECK(a != b);
}

TEST_CASE("state: depends on the structure of the parameters, not on their tensor classes") {
  Vector x{1, 2, 3};
  auto state = whole_chain.init(x);
  whole_chain.ascend(std::span(x), Vector{1, 2, 3}, state);
  std::array<double, 3> y{1, 2, 3};
  whole_chain.ascend(y, std::span<const double>(x), state);
  CHECK(state.step() == 2);
}

TEST_CASE("state: a visit shows every slot under the names of leaf and slot") {
  const Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::Adaptive{}};
  std::tuple theta{std::vector<float>{1, 2}, 3.0};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::tuple{std::vector<float>{1, 2}, 4.0}, state);
  std::vector<std::string> seen;
  std::as_const(state).visit([&](std::string_view leaf, std::string_view slot, auto values) {
    if (slot == "velocity" || slot == "second")
      seen.push_back(std::string(leaf) + "." + std::string(slot) + " " + std::to_string(values.size()));
  });
  CHECK(seen == std::vector<std::string>{"[0].velocity 2", "[0].second 2", "[1].velocity 1", "[1].second 1"});
  CHECK(state.slot<float>("velocity", "[0]")[1] == 2);
  CHECK(state.slot<double>("velocity", "[1]")[0] == 4);
}

TEST_CASE_TEMPLATE("state: a run can be saved and restored through visit and the step count alone", T, float, double) {
  SUBCASE("slots") { check_restored<T>(Optimizer{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{}}); }
  SUBCASE("a warmup") { check_restored<T>(Optimizer{gradus::LearningRate{}, gradus::Warmup{.steps = 7}}); }
  SUBCASE("a decay") { check_restored<T>(Optimizer{gradus::LearningRate{}, gradus::Decay{.factor = 0.7}}); }
  SUBCASE("corrected moments") {
    check_restored<T>(Optimizer{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{}});
  }
  SUBCASE("a special first step") { check_restored<T>(Optimizer{gradus::TorchMomentum{.dampening = 0.5}}); }
  SUBCASE("everything") { check_restored<T>(whole_chain); }
}

TEST_CASE("state: a restored run keeps the step counts of leaves that missed a gradient") {
  using Pair = std::tuple<Vector, double>;
  using Gradient = std::tuple<Vector, std::optional<double>>;
  const Optimizer optimizer{gradus::CorrectedMomentum{}, gradus::Warmup{.steps = 8}};
  Pair x{{1, 2}, 3}, y;
  auto state = optimizer.init(x);
  optimizer.ascend(x, Gradient{{1, 2}, 3}, state);
  optimizer.ascend(x, Gradient{{1, 2}, std::nullopt}, state);
  y = x;
  auto restored = optimizer.init(y);
  restore(restored, save(state));
  optimizer.ascend(x, Gradient{{3, 4}, 5}, state);
  optimizer.ascend(y, Gradient{{3, 4}, 5}, restored);
  CHECK(x == y);
  CHECK(restored == state);
}

TEST_CASE("state: a restored run keeps counting skipped steps") {
  const Optimizer optimizer{gradus::SkipNonFinite{.most = 2}, gradus::Momentum{}};
  Vector x{1};
  auto state = optimizer.init(x);
  for (int t = 0; t < 2; ++t) optimizer.ascend(x, Vector{std::nan("")}, state);
  auto restored = optimizer.init(x);
  restore(restored, save(state));
  CHECK(restored == state);
  CHECK_THROWS_AS(optimizer.ascend(x, Vector{std::nan("")}, restored), gradus::Refused);
}

TEST_CASE("state: shape and order are those of the parameter") {
  std::vector<Vector> x{{1, 2}, {3}};
  const auto state = whole_chain.init(x);
  CHECK(state.shape("[1]").size() == 1);
  CHECK(state.shape("[0]")[0] == 2);
  CHECK(state.order("[0]") == gradus::Order::row_major);
  CHECK(state.composition() ==
        "gradus::CorrectedMomentum, gradus::LargestAdaptive, gradus::LearningRate, gradus::Warmup, gradus::Decay");
}

TEST_CASE("state: a default state is empty and belongs to no run") {
  gradus::State state;
  Vector x{1};
  CHECK(state.step() == 0);
  CHECK(state == gradus::State());
  CHECK_THROWS_AS(whole_chain.ascend(x, Vector{1}, state), gradus::Refused);
  CHECK_THROWS_AS(state.step(3), gradus::Refused);
  state.visit([](auto, auto, auto) { FAIL_CHECK("there is nothing to see"); });
}

TEST_CASE("a slot of one of several leaves is asked for by the leaf's name, and by its type") {
  const std::vector<std::vector<double>> theta{{1, 2}, {3}};
  auto state = gradus::Optimizer{gradus::Momentum{}}.init(theta);
  CHECK_THROWS_WITH_AS(static_cast<void>(state.slot<double>("velocity")),
                       "gradus: the state has 2 leaves; name one, such as \"[0]\"", gradus::Refused);
  CHECK_THROWS_WITH_AS(static_cast<void>(state.slot<float>("velocity", "[1]")),
                       doctest::Contains("no slot \"velocity\" of float; State::visit shows all names and types"),
                       gradus::Refused);
  CHECK(state.slot<double>("velocity", "[1]").size() == 1);
}
