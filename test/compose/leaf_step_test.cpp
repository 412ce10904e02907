// SPDX-License-Identifier: MIT
#include <gradus/compose/leaf_step.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

using namespace gradus;
using support::same_bits;

namespace {

using Doubles = std::vector<double>;
using Net = std::map<std::string, Doubles>;

Net some_net(std::uint64_t seed = 0) {
  return {{"a", support::gradient<double>(1, seed)},
          {"b", support::gradient<double>(1001, seed)},
          {"c", support::gradient<double>(37, seed)}};
}

// Steps leaf by leaf, in varying order and once without one of the leaves, match steps of the whole set bit for bit.
template <class Optimizer>
void as_together(const Optimizer& optimizer) {
  Net theta = some_net(), other = theta;
  auto state = optimizer.init(theta), of_other = optimizer.init(other);
  for (std::uint64_t t = 0; t < 6; ++t) {
    Net g = some_net(t);
    if (t == 3) g.erase("b");
    optimizer.ascend(theta, g, state);
    auto step = optimizer.begin_ascent(other, of_other);
    for (const auto* name : {"c", "a", "b"})
      if (g.contains(name)) step.leaf(name, g[name]);
    step.end();
    CHECK(state == of_other);
    optimizer.descend(theta, some_net(t), state);
    auto down = optimizer.begin_descent(other, of_other);
    const Net again = some_net(t);
    down.leaf(std::size_t{1}, again.at("b")), down.leaf(0, again.at("a")), down.leaf(2, again.at("c"));
  }
  CHECK(state == of_other);
  for (const auto& [name, values] : theta) CHECK(same_bits(values, other[name]));
}

template <class Wrong>
void refused(const char* sentence, Wrong wrong) {
  Net theta = some_net();
  const Optimizer optimizer{Momentum{}, LearningRate{0.1}};
  auto state = optimizer.init(theta);
  auto step = optimizer.begin_ascent(theta, state);
  step.leaf("a", Doubles{1});
  const Net before = theta;
  CHECK_THROWS_WITH_AS(wrong(step, theta), doctest::Contains(sentence), Refused);
  CHECK(theta == before);
  step.leaf("c", Doubles(37, 1));
  step.end();
  CHECK(state.step() == 1);
}

}  // namespace

TEST_SUITE_BEGIN("leaf step");

TEST_CASE("steps leaf by leaf, in any order, have the bits of steps of the whole set") {
  as_together(Optimizer{Momentum{}, LearningRate{0.1}});
  as_together(recipe::adam({.lr = 0.1}));
  as_together(Optimizer{Clip{0.5}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{0.01}, Warmup{3}, Decay{0.9}});
  as_together(Optimizer{ClipLeafNorm{0.5}, Momentum{}, TrustRatio{}, LearningRate{0.1}});
  as_together(Optimizer{Noise{}, Momentum{}, follow<&LearningRate::rate>(Linear{0.1, 0, 5})});
  as_together(Optimizer{Momentum{}, by_leaf<&LearningRate::rate>({{"b", 0.5}}), when(Every{2}, WeightDecay{0.1})});
  as_together(Optimizer{Freeze{Named{"b"}}, Momentum{}, LearningRate{0.1}, Sphere{2}});
}

TEST_CASE("leaf by leaf with an expression as gradient and leaves of different element types") {
  std::tuple<xt::xarray<float>, Doubles> theta{xt::xarray<float>{1, 2}, {3}};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(theta);
  auto step = optimizer.begin_descent(theta, state);
  step.leaf("[0]", 2.0 * std::get<0>(theta));
  step.leaf("[1]", Doubles{2});
  step.end();
  CHECK(std::get<0>(theta) == xt::xarray<float>{0, 0});
  CHECK(std::get<1>(theta)[0] == 2);
}

TEST_CASE("an unfinished step ends with its scope") {
  Net theta{{"a", {0}}, {"b", {0}}};
  const Optimizer optimizer{Decay{0.5}};
  auto state = optimizer.init(theta);
  {
    optimizer.begin_ascent(theta, state).leaf("a", Doubles{4});
  }
  optimizer.ascend(theta, Net{{"a", {4}}, {"b", {4}}}, state);
  CHECK(theta == Net{{"a", {6}}, {"b", {2}}});
  CHECK(state.step() == 2);
}

TEST_CASE("an invalid call for one leaf is refused, and the other leaves still step") {
  refused("the state has no leaf \"d\"", [](auto& step, Net&) { step.leaf("d", Doubles{1}); });
  refused("there is no leaf 3; the parameters have 3", [](auto& step, Net&) { step.leaf(std::size_t{3}, Doubles{1}); });
  refused("a has stepped; begin the next step", [](auto& step, Net&) { step.leaf("a", Doubles{1}); });
  refused("b has shape (1001), its gradient (2)", [](auto& step, Net&) { step.leaf("b", Doubles{1, 2}); });
  refused("the gradient of c overlaps the memory of b",
          [](auto& step, Net& theta) { step.leaf("c", std::span(theta["b"]).subspan(3, 37)); });
}

TEST_CASE("a step that refused its only leaf does not count, but one that was ended does") {
  std::vector<double> theta{1, 2};
  const Optimizer optimizer{Momentum{}};
  auto state = optimizer.init(theta);
  CHECK_THROWS_AS(optimizer.begin_ascent(theta, state).leaf(0, std::vector<double>{1}), Refused);
  CHECK(state.step() == 0);
  optimizer.begin_ascent(theta, state).end();
  CHECK(state.step() == 1);
  optimizer.ascend(theta, theta, state);
  CHECK(theta == std::vector<double>{2, 4});
}

TEST_CASE("a gradient of the wrong element type for the leaf is refused") {
  std::tuple<std::vector<float>, Doubles> theta{{1}, {1}};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(theta);
  auto step = optimizer.begin_descent(theta, state);
  CHECK_THROWS_WITH_AS(step.leaf("[0]", Doubles{1}),
                       "gradus: the gradient of [0] has the element type double, and the leaf float; store it in that",
                       Refused);
  step.leaf("[0]", std::vector<float>{1});
  CHECK(std::get<0>(theta)[0] == 0.5f);
}

TEST_CASE("an invalid objective value starts no step, and a leaf's own value is checked when the leaf steps") {
  Doubles theta{1};
  const Optimizer plateau{Plateau{}, LearningRate{0.1}};
  auto state = plateau.init(theta);
  const auto before = state;
  CHECK_THROWS_AS(plateau.begin_ascent(theta, state, Value{std::nan("")}), Refused);
  CHECK(state == before);

  double limit = 1;
  const Optimizer limited{by_leaf<&Clip::value>([&](std::string_view) { return limit; })};
  auto of_limited = limited.init(theta);
  limit = -1;
  CHECK_THROWS_WITH_AS(limited.begin_ascent(theta, of_limited), doctest::Contains("Clip.value is -1"), Refused);
  limit = 1;
  auto step = limited.begin_ascent(theta, of_limited);
  limit = -1;
  CHECK_THROWS_WITH_AS(step.leaf(0, Doubles{1}), doctest::Contains("Clip.value is -1"), Refused);
  CHECK(theta == Doubles{1});
}

TEST_CASE("a state of another composition and a hyper-parameter out of range begin no step") {
  Doubles theta{1};
  Optimizer optimizer{LearningRate{0.5}};
  auto other = Optimizer{Clip{}}.init(theta);
  CHECK_THROWS_WITH_AS(optimizer.begin_ascent(theta, other), doctest::Contains("composition (gradus::Clip)"), Refused);
  auto state = optimizer.init(theta);
  optimizer.get<LearningRate>().rate = -1;
  CHECK_THROWS_WITH_AS(optimizer.begin_ascent(theta, state), doctest::Contains("LearningRate.rate is -1"), Refused);
  optimizer.get<LearningRate>().rate = 1;
  optimizer.begin_ascent(theta, state).leaf(0, Doubles{1});
  CHECK(theta == Doubles{2});
}

TEST_CASE("a frozen leaf is unchanged, but its gradient is still checked") {
  Net theta = some_net();
  const Net before = theta;
  const Optimizer optimizer{Freeze{Named{"a"}}};
  auto state = optimizer.init(theta);
  {
    auto step = optimizer.begin_ascent(theta, state);
    CHECK_THROWS_AS(step.leaf("a", Doubles{1, 2}), Refused);
    step.leaf("a", Doubles{1});
    CHECK_THROWS_AS(step.leaf("a", Doubles{1}), Refused);
  }
  CHECK(theta == before);
  CHECK(state.step() == 0);
}

TEST_CASE("no other step of the state can begin before the current one has ended") {
  Net theta = some_net();
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(theta);
  for (int twice = 0; twice < 2; ++twice) {
    auto step = optimizer.begin_ascent(theta, state);
    step.leaf("a", Doubles{1});
    CHECK_THROWS_WITH_AS(optimizer.ascend(theta, theta, state), doctest::Contains("has not ended"), Refused);
    CHECK_THROWS_WITH_AS(optimizer.begin_ascent(theta, state), doctest::Contains("has not ended"), Refused);
    step.end();
    CHECK_NOTHROW(optimizer.ascend(theta, theta, state));
  }
  CHECK(state.step() == 4);
}

TEST_CASE("an ended step takes no leaf") {
  Net theta = some_net();
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(theta);
  auto step = optimizer.begin_ascent(theta, state);
  step.end();
  CHECK_THROWS_WITH_AS(step.leaf("a", Doubles{1}), "gradus: the step has ended; begin the next one", Refused);
  CHECK(state.step() == 1);
}

TEST_SUITE_END();
