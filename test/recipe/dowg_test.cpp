// SPDX-License-Identifier: MIT
#include <gradus/recipe/dowg.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("dowg has no rate") {
  CHECK(std::same_as<decltype(recipe::dowg()), Optimizer<DistanceOverWeightedGradients>>);
  CHECK(std::same_as<decltype(recipe::dowg<recipe::Dowg{.weight_decay = 1}>()),
                     Optimizer<WeightDecay, DistanceOverWeightedGradients>>);
  CHECK_THROWS_AS(recipe::dowg({.weight_decay = 0.1}), Refused);
}
