// SPDX-License-Identifier: MIT
#include <gradus/recipe/lars.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("lars has the rate behind the trust ratio, and momentum behind the rate") {
  CHECK(std::same_as<decltype(recipe::lars()), Optimizer<TrustRatio, LearningRate, Momentum>>);
  CHECK(std::same_as<decltype((recipe::lars<recipe::Lars{.weight_decay = 1, .momentum = 0}>())),
                     Optimizer<WeightDecay, TrustRatio, LearningRate>>);
  CHECK_THROWS_AS(recipe::lars({.weight_decay = 0.1}), Refused);
  CHECK_THROWS_AS(recipe::lars<recipe::Lars{.momentum = 0}>({.momentum = 0.5}), Refused);
}
