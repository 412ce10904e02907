// SPDX-License-Identifier: MIT
#include <gradus/parameters/patterns.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("patterns");

namespace {

using Vector = std::vector<double>;
using Layers = std::map<std::string, Vector>;

}  // namespace

TEST_CASE("a pattern that matches no leaf is refused with the existing names") {
  Layers theta{{"a", {1}}, {"b.weight", {2}}};
  CHECK_NOTHROW(detail::check_patterns(theta, Named{"*.weight"}, "this"));
  CHECK_NOTHROW(detail::check_patterns(theta, Named{}, "this"));
  CHECK_NOTHROW(detail::check_patterns(theta, [](std::string_view) { return false; }, "this"));
  CHECK_THROWS_WITH_AS(
      detail::check_patterns(theta, Named{"*.wieght"}, "this"),
      "gradus: no leaf has the name \"*.wieght\" that this asks for; there are a, b.weight; correct the "
      "pattern, or give a callable, which may be true of none",
      Refused);
  Layers none;
  CHECK_NOTHROW(detail::check_patterns(none, Named{"a"}, "this"));
}

TEST_CASE("a refused pattern shows up to ten names") {
  const auto refusal = [](std::size_t count) {
    const std::vector<Vector> theta(count);
    std::string said;
    try {
      detail::check_patterns(theta, Named{"a"}, "this");
    } catch (const Refused& refused) {
      said = refused.what();
    }
    return said;
  };
  CHECK(refusal(10).find("there are [0], [1], [2], [3], [4], [5], [6], [7], [8], [9]; correct") != std::string::npos);
  CHECK(refusal(11).find("[8], [9], ...; correct") != std::string::npos);
}

TEST_CASE("a subset and the parts of a partition may have patterns of other leaves") {
  Layers theta{{"a", {1}}, {"b", {2}}, {"c", {3}}};
  const Optimizer optimizer{when(Named{"a"}, WeightDecay{}), LearningRate{}};
  CHECK(optimizer.init(subset(theta, Named{"b"})).step() == 0);
  const auto decay = when(Named{"a"}, WeightDecay{});
  CHECK(
      Partition{Freeze{Named{"c"}}, for_leaves(Named{"a"}, decay), for_leaves(Named{"b"}, decay)}.init(theta).step() ==
      0);
  CHECK(Partition{when(Named{"a"}, ClipNorm{1}), for_leaves(Named{"a"}, LearningRate{}), for_others(LearningRate{})}
            .init(theta)
            .step() == 0);
  const Partition misspelt{for_leaves(Named{"a"}, when(Named{"A"}, WeightDecay{})), for_others(LearningRate{})};
  CHECK_THROWS_WITH_AS(misspelt.init(theta), doctest::Contains("\"A\" that When<"), Refused);
}

TEST_CASE("patterns are not checked for a set that may lack leaves") {
  std::map<std::string, std::optional<Vector>> theta{{"weight", Vector{1}}, {"bias", std::nullopt}};
  CHECK(Optimizer{when(Named{"bias"}, WeightDecay{})}.init(theta).step() == 0);
}

TEST_SUITE_END();
