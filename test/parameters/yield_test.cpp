// SPDX-License-Identifier: MIT
#include <gradus/parameters/yield.hpp>

#include "support/lazy.hpp"

#include <gradus/backend/xtensor.hpp>
#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace gradus;

namespace {

using Vector = std::vector<double>;
using Singles = std::vector<float>;
using Names = std::vector<std::string>;

struct Layer {
  Vector weight;
  Singles bias;
};

struct Model {
  std::vector<Layer> layer;
  std::map<std::string, Vector> table;
  std::variant<Vector, Singles> head;
  std::tuple<double, Vector> rest;
};

Model model() {
  return {{{{1, -2}, {3}}, {{4, 5}, {-6}}}, {{"a", {7}}, {"b", {8, 9}}}, Singles{10, 11}, {12, {13, -14, 15}}};
}

// Half of a leaf, whatever its type.
template <class X>
X half(X x) {
  if constexpr (std::is_arithmetic_v<X>) x /= 2;
  else
    for (auto& element : x) element /= 2;
  return x;
}

Model halves() {
  Model g = model();
  for (Layer& layer : g.layer) layer = {half(layer.weight), half(layer.bias)};
  for (auto& [name, leaf] : g.table) leaf = half(leaf);
  g.head = half(std::get<Singles>(g.head));
  g.rest = {half(std::get<0>(g.rest)), half(std::get<1>(g.rest))};
  return g;
}

const Optimizer clipped{ClipNorm{.norm = 3}, Momentum{}, LearningRate{0.1}};

template <class Theta, class G>
std::pair<Theta, State> stepped(Theta theta, const G& gradient) {
  auto state = clipped.init(theta);
  clipped.ascend(theta, gradient, state);
  return {std::move(theta), std::move(state)};
}

bool same(const Model& a, const Model& b) {
  return std::tie(a.table, a.head, a.rest) == std::tie(b.table, b.head, b.rest) &&
         std::tie(a.layer[0].weight, a.layer[0].bias, a.layer[1].weight, a.layer[1].bias) ==
             std::tie(b.layer[0].weight, b.layer[0].bias, b.layer[1].weight, b.layer[1].bias);
}

}  // namespace

TEST_SUITE_BEGIN("yield");

TEST_CASE("a callable is asked once for every leaf, in order, and the step is that of a set") {
  Names asked;
  const auto [theta, state] = stepped(model(), [&](std::string_view name, const auto& leaf) {
    asked.emplace_back(name);
    return half(leaf);
  });
  CHECK(asked == Names{"layer[0].weight", "layer[0].bias", "layer[1].weight", "layer[1].bias", "table.a", "table.b",
                       "head", "rest[0]", "rest[1]"});
  const auto [expected, expected_state] = stepped(model(), halves());
  CHECK(same(theta, expected));
  CHECK((state == expected_state));
  CHECK_FALSE(same(theta, model()));
}

TEST_CASE("a lone tensor is passed to the callable as parameter") {
  std::string asked;
  const auto [theta, state] = stepped(Vector{1, 2}, [&](std::string_view name, const Vector& x) {
    asked = name;
    return half(x);
  });
  CHECK(asked == "parameter");
  CHECK(theta == stepped(Vector{1, 2}, Vector{0.5, 1}).first);
}

TEST_CASE("a gradient returned by reference is read in place, also when walked") {
  const std::map<std::string, Vector, std::less<>> kept{{"[0]", {1, 2}}, {"[1]", {3}}};
  const auto find = [&](std::string_view name, const Vector&) -> const Vector& { return kept.find(name)->second; };
  std::vector<Vector> theta{{5, 6}, {7}}, walked = theta;
  const auto expected = stepped(theta, std::vector<Vector>{{1, 2}, {3}}).first;
  CHECK(stepped(theta, find).first == expected);
  auto state = clipped.init(walked);
  clipped.ascend(walked, find, state, backend::Xtensor{});
  CHECK(walked == expected);

  // A part of it that overlaps a parameter is detected as in any gradient.
  auto again = clipped.init(theta);
  const auto inside = [&](std::string_view, const Vector&) -> const Vector& { return theta[0]; };
  CHECK_THROWS_AS(clipped.ascend(theta, inside, again), Refused);
}

TEST_CASE("a callable may return expressions, which may read all parameters") {
  std::vector<Vector> theta{{1, 2}, {3, 4}};
  const auto other = [&](std::string_view name, const Vector&) {
    const Vector& x = theta[name == "[0]" ? 1 : 0];
    return lazy::anywhere<double>(2, [&x](std::size_t i) { return x[1 - i]; });
  };
  const auto expected = stepped(theta, std::vector<Vector>{{4, 3}, {2, 1}}).first;
  auto state = clipped.init(theta);
  clipped.ascend(theta, other, state);
  CHECK(theta == expected);
}

TEST_CASE("values and a non-contiguous gradient returned by reference can be mixed") {
  std::tuple<Singles, Vector> theta{{1, 2}, {3, 4}};
  const auto expression = lazy::anywhere<double>(2, [](std::size_t i) { return 5.0 + static_cast<double>(i); });
  const auto yield = [&]<class X>(std::string_view, const X& leaf) -> decltype(auto) {
    if constexpr (std::is_same_v<X, Singles>) return half(leaf);
    else return (expression);
  };
  const auto expected = stepped(theta, std::tuple{Singles{0.5f, 1}, Vector{5, 6}}).first;
  CHECK(stepped(theta, yield).first == expected);
}

TEST_CASE("a leaf for which the callable returns nothing stays unchanged, with its own step count") {
  const auto some = [](std::string_view name, const Vector& x) {
    return name == "[1]" ? std::nullopt : std::optional(half(x));
  };
  const std::vector<Vector> start{{2, 4}, {6}};
  const auto [theta, state] = stepped(start, some);
  const auto [expected, expected_state] =
      stepped(start, std::vector<std::optional<Vector>>{Vector{1, 2}, std::nullopt});
  CHECK(theta == expected);
  CHECK(theta[1] == start[1]);
  CHECK((state == expected_state));
  CHECK(stepped(start, [](auto, const auto&) { return std::nullopt; }).first == start);
}

TEST_CASE("if a yielded gradient is refused or the callable throws, nothing changes") {
  std::vector<Vector> theta{{1, 2}, {3}};
  const auto start = theta;
  auto state = clipped.init(theta);
  const auto before = state;
  const auto longer = [](std::string_view, const Vector&) { return Vector{1, 2}; };
  CHECK_THROWS_WITH(clipped.ascend(theta, longer, state),
                    "gradus: [1] has shape (1), its gradient (2); give a gradient of the parameter's shape");
  const auto thrower = [](std::string_view name, const Vector& x) {
    if (name == "[1]") throw std::runtime_error("no gradient today");
    return x;
  };
  CHECK_THROWS_WITH(clipped.ascend(theta, thrower, state), "no gradient today");
  CHECK(theta == start);
  CHECK((state == before));
  clipped.ascend(theta, [](auto, const auto& x) { return x; }, state);
  CHECK(theta != start);
}

TEST_CASE("a step that a callable takes of the same state is refused, and nothing changes") {
  std::map<std::string, std::vector<double>> theta{{"a", {0}}, {"b", {0}}};
  const gradus::Optimizer optimizer{gradus::LearningRate{1}};
  auto state = optimizer.init(theta);
  const auto five = [](std::string_view, const auto&) { return std::vector<double>{5}; };
  const auto nested = [&](std::string_view name, const auto&) {
    if (name == "b") optimizer.ascend(theta, five, state);
    return std::vector<double>{1};
  };
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, nested, state), doctest::Contains("take none in a callable"),
                       gradus::Refused);
  CHECK(state.step() == 0);
  CHECK(theta["a"][0] == 0);
  optimizer.ascend(theta, five, state);
  CHECK(theta["b"][0] == 5);
}

TEST_CASE("values that a callable returns and an expression do not overwrite each other") {
  std::tuple<Vector, Vector, Vector> theta{{1}, {2}, {3}};
  const auto hundred = lazy::anywhere<double>(1, [](std::size_t) { return 100.0; });
  const auto seven = [](std::string_view, const auto&) { return Vector{7}; };
  const Optimizer optimizer{LearningRate{1}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 2; ++t) optimizer.ascend(theta, std::tuple(seven, hundred, seven), state);
  CHECK(theta == std::tuple<Vector, Vector, Vector>{{15}, {202}, {17}});
}

TEST_SUITE_END();
