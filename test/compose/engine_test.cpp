// SPDX-License-Identifier: MIT
#include <gradus/compose/engine.hpp>

#include "support/refusals.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/schedule/follow.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("engine");

TEST_CASE("a state of another composition is refused, and one that belongs to no run") {
  const std::vector<double> theta(2);
  const Optimizer momentum{Momentum{}};
  const State other = Optimizer{Clip{}}.init(theta);
  CHECK_NOTHROW(momentum.check_state(momentum.init(theta)));
  CHECK_THROWS_AS(momentum.check_state(other), Refused);
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

TEST_CASE("the policies of a step are those that follow, as they are then") {
  const Optimizer optimizer{follow<&Clip::value>([](std::int64_t t) { return static_cast<double>(t); })};
  CHECK(optimizer.in_step({5}, detail::Elements<double>{}).get<0>().value == 5);
  CHECK(optimizer.in_step({7}, detail::Elements<double>{}).get<0>().value == 7);
}

TEST_SUITE_END();
