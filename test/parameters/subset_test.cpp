// SPDX-License-Identifier: MIT
#include <gradus/parameters/subset.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("subset");

namespace {

struct Layer {
  std::vector<double> weight, bias;
};
struct Network {
  Layer in, out;
  std::vector<float> scale;
};

Network network(double x) {
  const auto f = static_cast<float>(x);
  return {{{x, 2 * x}, {3 * x}}, {{4 * x}, {5 * x, 6 * x}}, {7 * f, 8 * f}};
}

}  // namespace

TEST_CASE("a subset is stepped as a set of its leaves alone, and the others stay as they are") {
  Network theta = network(1);
  const Network gradient = network(0.25);
  auto weights = subset(theta, Named{"*.weight"});
  const Optimizer optimizer{ClipNorm{0.5}, Momentum{0.5}, LearningRate{0.5}};
  auto state = optimizer.init(weights);

  auto apart = std::tuple(theta.in.weight, theta.out.weight);
  const auto apart_gradient = std::tuple(gradient.in.weight, gradient.out.weight);
  auto apart_state = optimizer.init(apart);
  for (int t = 0; t < 3; ++t) {
    optimizer.ascend(weights, gradient, state);
    optimizer.ascend(apart, apart_gradient, apart_state);
  }
  CHECK(theta.in.weight == std::get<0>(apart));
  CHECK(theta.out.weight == std::get<1>(apart));
  CHECK(theta.in.bias == network(1).in.bias);
  CHECK(theta.scale == network(1).scale);

  std::vector<std::string> names;
  state.visit([&](std::string_view leaf, std::string_view slot, auto) {
    if (slot == "velocity") names.emplace_back(leaf);
  });
  CHECK(names == std::vector<std::string>{"in.weight", "out.weight"});
}

TEST_CASE("two optimizers can each step a part of a set") {
  Network theta = network(1);
  const Network gradient = network(0.5);
  auto biases = subset(theta, [](std::string_view leaf) { return leaf.ends_with("bias"); });
  auto others = subset(theta, [](std::string_view leaf) { return !leaf.ends_with("bias"); });
  const Optimizer slow{LearningRate{1}};
  const Optimizer fast{Sign{}, LearningRate{0.125}};
  auto slow_state = slow.init(biases);
  auto fast_state = fast.init(others);
  slow.descend(biases, gradient, slow_state);
  fast.descend(others, gradient, fast_state);
  CHECK(theta.in.bias == std::vector{1.5});
  CHECK(theta.in.weight == std::vector{0.875, 1.875});
  CHECK(theta.scale == std::vector{6.875f, 7.875f});
}

TEST_CASE("subsets by shape and type, of maps, in bound steps, with missing or callable gradients") {
  std::map<std::string, std::vector<double>> theta{{"a", {1, 2}}, {"b", {3}}, {"c", {4}}};
  auto alone = subset(theta, [](const LeafInfo& leaf) { return leaf.shape[0] == 1 && leaf.element == "double"; });
  const Optimizer optimizer{LearningRate{1}};
  auto state = optimizer.init(alone);
  optimizer.ascend(alone, std::map<std::string, std::vector<double>>{{"a", {1, 1}}, {"c", {1}}}, state);
  CHECK(theta["a"] == std::vector<double>{1, 2});
  CHECK(theta["b"] == std::vector<double>{3});
  CHECK(theta["c"] == std::vector<double>{5});
  optimizer.ascend(alone, [](std::string_view, const auto&) { return std::vector<double>{2}; }, state);
  CHECK(theta["b"] == std::vector<double>{5});
  const std::map<std::string, std::vector<double>> gradient{{"b", {1}}};
  auto bound = optimizer.bind(alone, gradient, state);
  bound.ascend();
  bound.ascend();
  CHECK(theta["b"] == std::vector<double>{7});
  CHECK(state.step() == 4);
}

TEST_CASE("empty and full subsets, a lone tensor, and a temporary subset") {
  Network theta = network(1);
  const Optimizer optimizer{LearningRate{1}};
  auto none = subset(theta, [](std::string_view) { return false; });
  auto state = optimizer.init(none);
  optimizer.ascend(none, network(1), state);
  CHECK(theta.in.weight == network(1).in.weight);

  CHECK_THROWS_WITH_AS(subset(theta, Named{"nothing"}), doctest::Contains("\"nothing\" that a subset asks for"),
                       Refused);

  auto whole = optimizer.init(subset(theta, Named{"*"}));
  optimizer.ascend(subset(theta, Named{"*"}), network(1), whole);
  CHECK(theta.scale == network(2).scale);
  CHECK(theta.out.bias == network(2).out.bias);

  std::vector<double> x{1};
  auto one = optimizer.init(subset(x, Named{"parameter"}));
  optimizer.ascend(subset(x, Named{"parameter"}), std::vector<double>{1}, one);
  CHECK(x == std::vector<double>{2});
}

TEST_CASE("a subset can be stepped leaf by leaf and driven") {
  Network theta = network(1);
  auto biases = subset(theta, Named{"*.bias"});
  const Optimizer optimizer{Momentum{0.5}, LearningRate{1}};
  auto state = optimizer.init(biases);
  auto step = optimizer.begin_ascent(biases, state);
  step.leaf("out.bias", std::vector<double>{1, 2});
  step.leaf("in.bias", std::vector<double>{3});
  step.end();
  CHECK(theta.out.bias == std::vector<double>{6, 8});
  CHECK(theta.in.bias == std::vector<double>{6});

  const auto value = [&](const auto&) { return -theta.in.bias[0] * theta.in.bias[0]; };
  const auto slope = [&](const auto&) {
    Network gradient = network(0);
    gradient.in.bias[0] = -2 * theta.in.bias[0];
    return gradient;
  };
  const DriveResult result =
      maximize(objective(value, slope), biases, Optimizer{LearningRate{0.25}}, DriveOptions{.steps = 60});
  CHECK(result.value == doctest::Approx(0));
  CHECK(theta.out.bias == std::vector<double>{6, 8});
}

TEST_CASE("a subset of a set that has grown is refused, and nothing changes") {
  std::map<std::string, std::vector<double>> theta{{"b", {1}}, {"c", {2}}};
  auto second = subset(theta, Named{"c"});
  const Optimizer optimizer{LearningRate{1}};
  auto state = optimizer.init(second);
  theta["d"] = {3};
  const std::map<std::string, std::vector<double>> gradient{{"c", {1}}};
  CHECK_THROWS_WITH_AS(optimizer.ascend(second, gradient, state),
                       "gradus: a subset was made of 2 leaves, and the set has 3 now; make it anew", Refused);
  CHECK(theta["c"] == std::vector<double>{2});
}

TEST_CASE("a state of other leaves is refused, and nothing has changed") {
  Network theta = network(1);
  auto weights = subset(theta, Named{"*.weight"}), biases = subset(theta, Named{"*.bias"});
  const Optimizer optimizer{LearningRate{1}};
  auto state = optimizer.init(weights);
  CHECK_THROWS_WITH_AS(optimizer.ascend(biases, network(1), state),
                       doctest::Contains("the state was made for in.weight"), Refused);
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, network(1), state), doctest::Contains("in.bias"), Refused);
  CHECK(theta.in.bias == network(1).in.bias);
  CHECK(theta.in.weight == network(1).in.weight);
}

TEST_CASE("a moved-from subset is unchanged") {
  Network theta = network(1);
  auto weights = subset(theta, Named{"*.weight"});
  const auto other = std::move(weights);
  CHECK(weights.leaves() == 5);
  CHECK(Optimizer{LearningRate{1}}.init(weights).step() == 0);
}

TEST_SUITE_END();
