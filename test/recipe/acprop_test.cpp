// SPDX-License-Identifier: MIT
#include <gradus/recipe/acprop.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("acprop contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::acprop()), Optimizer<PreviousBelief, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::acprop<recipe::AcProp{.weight_decay = 1}>()),
                     Optimizer<PreviousBelief, DivideByRoot, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::acprop({.weight_decay = 0.1}), Refused);
  CHECK(recipe::acprop().get<LearningRate>().rate == 1e-3);
}
