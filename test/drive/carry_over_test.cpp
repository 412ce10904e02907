// SPDX-License-Identifier: MIT
#include <gradus/drive/carry_over.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("carry over");

namespace {

using Layers = std::map<std::string, std::vector<double>>;

}  // namespace

TEST_CASE("leaves that stay go on as in the run, a new one begins, and one that is gone is forgotten") {
  const Optimizer optimizer = recipe::adam({.lr = 0.1});
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.descend(theta, theta, state);

  Layers whole = theta;
  auto goes_on = state;
  Layers changed{{"a", theta["a"]}, {"c", {7}}}, fresh{{"c", {7}}};
  auto carried = optimizer.init(changed), of_fresh = optimizer.init(fresh);
  carry_over(state, carried);
  CHECK(carried.step() == 3);
  for (int t = 0; t < 3; ++t) {
    optimizer.descend(whole, whole, goes_on);
    optimizer.descend(changed, changed, carried);
  }
  CHECK(changed["a"] == whole["a"]);
  CHECK(carried.step() == 6);
  CHECK(carried.slot<double>("velocity", "a")[0] == goes_on.slot<double>("velocity", "a")[0]);
  CHECK(carried.slot<double>("velocity", "c").size() == 1);
}

TEST_CASE("a leaf of another size or type, and another composition, are refused before anything has changed") {
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  Layers theta{{"a", {1}}, {"b", {2, 3}}}, other{{"a", {1}}, {"b", {2}}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, theta, state);
  auto to = optimizer.init(other);
  const auto before = to;
  CHECK_THROWS_WITH_AS(carry_over(state, to), doctest::Contains("b has another size or type"), Refused);
  CHECK(to == before);

  std::map<std::string, std::vector<float>> floats{{"a", {1}}};
  auto of_floats = optimizer.init(floats);
  CHECK_THROWS_WITH_AS(carry_over(state, of_floats), doctest::Contains("a has another size or type"), Refused);
  auto of_other = Optimizer{LearningRate{0.1}}.init(theta);
  CHECK_THROWS_WITH_AS(carry_over(state, of_other), doctest::Contains("belongs to the composition"), Refused);
}

TEST_CASE("slots that are stored in another type, and the states of a partition") {
  const Partition optimizer{ClipNorm{1}, for_leaves(Named{"a"}, Momentum{}), for_others(recipe::adam())};
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = optimizer.init(theta, Storage<float>{});
  for (int t = 0; t < 3; ++t) optimizer.descend(theta, theta, state);
  auto same = optimizer.init(theta, Storage<float>{});
  carry_over(state, same);
  CHECK(same == state);
}

TEST_CASE("a partition's parts must be of the same compositions, and a leaf that moved to another is new there") {
  const auto in_parts = [](const char* slow) {
    return Partition{for_leaves(Named{slow}, Momentum{}, LearningRate{0.1}), for_others(recipe::adam())};
  };
  Layers theta{{"a", {1, 2}}, {"b", {3}}};
  auto state = in_parts("a").init(theta);
  in_parts("a").descend(theta, theta, state);
  auto moved = in_parts("b").init(theta);
  carry_over(state, moved);
  CHECK(moved.step() == 1);
  CHECK(moved.slot<double>("velocity", "b")[0] == 0);
  CHECK(moved.slot<double>("second", "a")[0] == 0);

  const Partition other{for_leaves(Named{"a"}, MeanSquare{}, DivideByRoot{}, LearningRate{0.1}),
                        for_others(recipe::adam())};
  auto of_other = other.init(theta);
  const auto before = of_other;
  CHECK_THROWS_WITH_AS(carry_over(state, of_other), doctest::Contains("belongs to the composition"), Refused);
  CHECK(of_other == before);
}

TEST_SUITE_END();
