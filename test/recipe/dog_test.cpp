// SPDX-License-Identifier: MIT
#include <gradus/recipe/dog.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("dog has no rate") {
  CHECK(std::same_as<decltype(recipe::dog()), Optimizer<DistanceOverGradients>>);
  CHECK(std::same_as<decltype(recipe::dog<recipe::Dog{.weight_decay = 1}>()),
                     Optimizer<WeightDecay, DistanceOverGradients>>);
  CHECK_THROWS_AS(recipe::dog({.weight_decay = 0.1}), Refused);
}
