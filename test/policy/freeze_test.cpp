// SPDX-License-Identifier: MIT
#include <gradus/policy/freeze.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace gradus;

namespace {

using Doubles = std::vector<double>;
using Map = std::map<std::string, Doubles>;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_SUITE_BEGIN("freeze");

TEST_CASE("a frozen leaf, its slots and its clock stay unchanged") {
  Map theta{{"body", {1}}, {"head", {1}}};
  const Optimizer optimizer{Freeze{Named{"body"}}, CorrectedMomentum{0.5}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 2; ++t) optimizer.ascend(theta, Map{{"body", {1}}, {"head", {1}}}, state);
  CHECK(theta == Map{{"body", {1}}, {"head", {3}}});
  CHECK(state.slot<double>("velocity", "body")[0] == 0);
  state.visit([](std::string_view leaf, std::string_view slot, std::span<double> values) {
    if (slot == "clock") CHECK(values[0] == (leaf == "body" ? 0 : 2));
  });
}

TEST_CASE("norms, guards and reports ignore frozen leaves") {
  Map theta{{"body", {0}}, {"head", {0, 0}}};
  const Map g{{"body", {no_number}}, {"head", {3, 4}}};
  const Optimizer optimizer{RefuseNonFinite{}, ClipNorm{1}, Freeze{Named{"body"}}};
  auto state = optimizer.init(theta);
  double norm = 0;
  optimizer.ascend(theta, g, state, [&](const Report& report) { norm = report.gradient_norm; });
  CHECK(norm == 5);
  CHECK(theta["head"][1] == doctest::Approx(0.8));
  optimizer.bind(theta, g, state).ascend();
  CHECK(theta["head"][1] == doctest::Approx(1.6));
  CHECK(theta["body"][0] == 0);
}

TEST_CASE("a callable is not asked for the gradient of a frozen leaf") {
  Map theta{{"body", {0}}, {"head", {0}}};
  const Optimizer optimizer{Freeze{Named{"body"}}};
  auto state = optimizer.init(theta);
  std::vector<std::string> asked;
  const auto yield = [&](std::string_view leaf, const auto&) {
    asked.emplace_back(leaf);
    return Doubles{1};
  };
  for (int t = 0; t < 2; ++t) optimizer.ascend(theta, yield, state);
  CHECK(asked == std::vector<std::string>{"head", "head"});
  CHECK(theta == Map{{"body", {0}}, {"head", {2}}});
}

TEST_CASE("leaves can be chosen by their LeafInfo, anew in every step that is not bound") {
  bool frozen = true;
  std::vector<Doubles> theta{{0}, {0, 0}}, g{{1}, {1, 1}};
  const Optimizer optimizer{Freeze{[&](const LeafInfo& leaf) { return frozen && leaf.shape[0] == 2; }}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  CHECK(theta == std::vector<Doubles>{{1}, {0, 0}});
  frozen = false;
  optimizer.ascend(theta, g, state);
  CHECK(theta == std::vector<Doubles>{{2}, {1, 1}});
}

TEST_CASE("a policy that needs all leaves is content with those not frozen") {
  Map theta{{"body", {0}}, {"head", {0}}};
  const Optimizer optimizer{Accumulate{2}, Freeze{Named{"body"}}};
  auto state = optimizer.init(theta);
  for (const double g : {1.0, 3.0}) optimizer.ascend(theta, Map{{"head", {g}}}, state);
  CHECK(theta == Map{{"body", {0}}, {"head", {2}}});
  const Optimizer none{Accumulate{2}};
  auto other = none.init(theta);
  CHECK_THROWS_AS(none.ascend(theta, Map{{"head", {1}}}, other), Refused);
}

TEST_SUITE_END();
