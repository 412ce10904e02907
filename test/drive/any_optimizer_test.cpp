// SPDX-License-Identifier: MIT
#include <gradus/drive/any_optimizer.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;
using support::same_bits;

using Doubles = std::vector<double>;
using Any = AnyOptimizer<Doubles>;

static_assert(std::is_copy_constructible_v<Any> && std::is_nothrow_move_constructible_v<Any>);
static_assert(std::is_same_v<Any::Parameters, Doubles>);
static_assert(std::is_same_v<AnyOptimizer<std::span<float>>::Parameters, const std::span<float>>);

TEST_SUITE_BEGIN("any optimizer");

TEST_CASE("AnyOptimizer takes the same steps as the optimizer it holds") {
  const auto alike = [](const auto& optimizer) {
    const Any any = optimizer;
    Doubles theta = support::parameters<double>(101), other = theta;
    auto state = optimizer.init(theta), any_state = any.init(other);
    for (std::uint64_t step = 0; step < 6; ++step) {
      const Doubles g = support::gradient<double>(101, step);
      if (step % 3 == 2) optimizer.descend(theta, g, state), any.descend(other, g, any_state);
      else optimizer.ascend(theta, g, state), any.ascend(other, g, any_state);
      CHECK(same_bits(theta, other));
      CHECK(state == any_state);
    }
  };
  alike(recipe::adam());
  alike(recipe::lars());
  alike(Optimizer{Momentum{}, follow<&LearningRate::rate>(Cosine{.from = 0.1, .to = 0, .steps = 4})});
  alike(Optimizer{ClipNorm{1}, Momentum{}, LearningRate{0.1}});
}

TEST_CASE("the composition can be chosen at run time, and a state belongs to one composition") {
  Doubles theta{1, 2};
  Any optimizer = recipe::adam();
  auto of_adam = optimizer.init(theta);
  CHECK(optimizer.name().find("CorrectedAdaptive") != std::string_view::npos);
  optimizer = Optimizer{LearningRate{0.5}};
  CHECK_THROWS_AS(optimizer.ascend(theta, {1, 1}, of_adam), Refused);
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, {1, 1}, state);
  CHECK(theta == Doubles{1.5, 2.5});
}

TEST_CASE("hyper-parameters are found by their policy, and a copy has its own") {
  Doubles theta{0};
  Any optimizer = Optimizer{Momentum{0.5}, LearningRate{0.1}}, copy = optimizer;
  REQUIRE(copy.find<LearningRate>());
  CHECK(copy.find<Adaptive>() == nullptr);
  const Any follows = Optimizer{Momentum{}, follow<&LearningRate::rate>(Cosine{.from = 0.1, .to = 0, .steps = 4})};
  CHECK(follows.name() == follows.init(theta).composition());
  copy.find<LearningRate>()->rate = 2;
  CHECK(optimizer.find<LearningRate>()->rate == 0.1);
  auto state = copy.init(theta);
  copy.ascend(theta, {1}, state);
  CHECK(theta[0] == 2);
  copy.find<LearningRate>()->rate = -1;
  CHECK_THROWS_WITH_AS(copy.ascend(theta, {1}, state), doctest::Contains("rate is -1"), Refused);
  CHECK(theta[0] == 2);
}

TEST_CASE("an observer gets a report, and PolyakStep needs the objective's value") {
  Doubles theta{3};
  const Any plain = Optimizer{LearningRate{0.25}};
  auto state = plain.init(theta);
  double rate = 0;
  plain.ascend(theta, {4}, state, {}, [&](const Report& report) { rate = report.rate; });
  CHECK(rate == 0.25);

  const Optimizer polyak{PolyakStep{}};
  const Any asks = polyak;
  Doubles first{3, 1}, other{3, 1};
  auto direct = polyak.init(first), any = asks.init(other);
  polyak.descend(first, Doubles{2, 1}, direct, Value{1});
  asks.descend(other, {2, 1}, any, Value{1});
  CHECK(first == other);
  CHECK_THROWS_WITH_AS(asks.descend(other, {2, 1}, any), doctest::Contains("the objective's value is nan"), Refused);
}

TEST_CASE("an AnyOptimizer can be driven") {
  const auto objective = [](const Doubles& x, Doubles& gradient) {
    gradient = {-2 * (x[0] - 5)};
    return -(x[0] - 5) * (x[0] - 5);
  };
  Doubles theta{0}, other{0};
  const auto adam = recipe::adam({.lr = 0.1});
  const auto direct = maximize(objective, theta, adam, {.steps = 50});
  const auto any = maximize(objective, other, Any(adam), {.steps = 50});
  CHECK(theta == other);
  CHECK(direct.value == any.value);
  CHECK_FALSE(Any(adam).guards());
  CHECK(Any(Optimizer{SkipNonFinite{}, LearningRate{}}).guards());
}

TEST_CASE("averages returns those of the optimizer it holds, and refuses if it keeps none") {
  const Any any = Optimizer{LearningRate{1}, MovingAverage{0.75}};
  Doubles theta{0, 4};
  auto state = any.init(theta);
  any.ascend(theta, {8, -4}, state);
  CHECK(averages(any, theta, state).values() == Doubles{2, 3});
  CHECK(theta == Doubles{8, 0});

  const Any other = Optimizer{LearningRate{1}};
  CHECK_THROWS_AS(averages(other, theta, state), Refused);
  CHECK_THROWS_WITH(
      averages(other, theta, other.init(theta)),
      "gradus: averages are of a composition with one policy that keeps some, and gradus::LearningRate has "
      "0; put one TailAverage, MovingAverage, Lookahead or ScheduleFree into it");
}

TEST_CASE("parameters may be views or sets") {
  std::vector<float> memory{1, 2, 3, 4};
  const AnyOptimizer<std::span<float>, std::span<const float>> of_views = Optimizer{LearningRate{1}};
  const std::vector<float> g{10, 20};
  auto state = of_views.init(std::span(memory).first(2));
  of_views.ascend(std::span(memory).first(2), g, state);
  CHECK(memory == std::vector<float>{11, 22, 3, 4});

  using Set = std::tuple<Doubles, double>;
  const AnyOptimizer<Set> of_sets = Optimizer{ClipNorm{1}};
  Set theta{{0, 0}, 0};
  auto set_state = of_sets.init(theta);
  of_sets.ascend(theta, {{2, 1}, 2}, set_state);
  CHECK(std::get<1>(theta) == doctest::Approx(2 / 3.0));
}

TEST_CASE("of two policies of a type the first is found") {
  Any any = Optimizer{Clip{3}, Momentum{0.5}, Clip{4}};
  CHECK(any.find<Clip>()->value == 3);
}

TEST_CASE("one that was moved from says so, and takes another optimizer") {
  Any any = Optimizer{LearningRate{0.5}};
  std::vector<double> theta{1};
  const Any other = std::move(any);
  CHECK_THROWS_WITH_AS(static_cast<void>(any.init(theta)), doctest::Contains("was moved from"), Refused);
  CHECK_THROWS_AS(static_cast<void>(Any(any)), Refused);
  any = other;
  auto state = any.init(theta);
  any.ascend(theta, theta, state);
  CHECK(theta[0] == 1.5);
}

TEST_SUITE_END();
