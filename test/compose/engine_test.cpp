// SPDX-License-Identifier: MIT
#include <gradus/compose/engine.hpp>

#include "support/refusals.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/schedule/follow.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("engine");

TEST_CASE("a state of another composition is refused, and one that belongs to no run") {
  const std::vector<double> theta(2);
  const Optimizer momentum{Momentum{}};
  const State other = Optimizer{Clip{}}.init(theta);
  CHECK_NOTHROW(momentum.check_state(momentum.init(theta)));
  CHECK_THROWS_AS(momentum.check_state(other), Refused);
  CHECK_THROWS_AS(Optimizer{LearningRate{}}.check_state(other), Refused);  // which differs in its name alone
  CHECK_THROWS_WITH_AS(momentum.check_state(State{}), doctest::Contains("belongs to no run"), Refused);
}

TEST_CASE("hyper-parameters are checked again only where they may have changed") {
  const detail::Elements<double> doubles;
  Optimizer optimizer{LearningRate{0.5}};
  optimizer.check_changed(doubles);
  optimizer.get<LearningRate>().rate = -1;
  CHECK_THROWS_AS(optimizer.check_changed(doubles), Refused);
  CHECK_THROWS_AS(optimizer.check_types(doubles), Refused);
}

TEST_CASE("what an assigned optimizer was given is checked in its steps, and what is 0 in float where floats step") {
  Optimizer spoilt{LearningRate{0.5}}, optimizer = spoilt;
  std::vector<double> x{1};
  auto state = optimizer.init(x);
  spoilt.get<LearningRate>().rate = -1;
  optimizer = spoilt;
  CHECK_THROWS_AS(optimizer.ascend(x, x, state), Refused);
  CHECK(x[0] == 1);

  std::vector<float> y{1};
  auto of_floats = Optimizer{Adaptive{}}.init(y);
  const Optimizer vanishing{Adaptive{.epsilon = 1e-60}};
  CHECK_THROWS_WITH_AS(vanishing.ascend(y, y, of_floats), doctest::Contains("which is 0 in float"), Refused);
  CHECK(y[0] == 1);
}

TEST_CASE("the policies of a step are those that follow, as they are then") {
  const Optimizer optimizer{follow<&Clip::value>([](std::int64_t t) { return static_cast<double>(t); })};
  CHECK(optimizer.in_step({5}, detail::Elements<double>{}).get<0>().value == 5);
  CHECK(optimizer.in_step({7}, detail::Elements<double>{}).get<0>().value == 7);
}

TEST_CASE("a state of another policy of the same name, from a namespace without one, is refused by what it holds") {
  const Optimizer optimizer{Momentum{0.5}, LearningRate{0.5}};
  const std::vector<double> g{1};
  const std::string name(optimizer.init(g).composition());  // as another source spells it
  const auto pretend = [&](auto change) {
    std::vector<double> x{1};
    auto state = optimizer.init(x);
    auto& kept = gradus::detail::kept(state);
    kept.composition = name, change(kept);
    optimizer.ascend(x, g, state);
  };
  CHECK_NOTHROW(pretend([](auto&) {}));
  CHECK_THROWS_AS(pretend([](auto& kept) { kept.slots = {}; }), Refused);
  CHECK_THROWS_AS(pretend([](auto& kept) { kept.clocks.start(std::array{1.0, 0.0}, 2); }), Refused);
}

TEST_SUITE_END();
