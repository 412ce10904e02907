// SPDX-License-Identifier: MIT
#include <gradus/recipe/adabelief.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adabelief contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::adabelief()), Optimizer<Belief, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::adabelief<recipe::AdaBelief{.weight_decay = 1}>()),
                     Optimizer<Belief, DivideByRoot, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::adabelief({.weight_decay = 0.1}), Refused);
  CHECK(recipe::adabelief().get<LearningRate>().rate == 1e-3);
}
