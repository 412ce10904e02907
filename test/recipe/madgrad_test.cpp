// SPDX-License-Identifier: MIT
#include <gradus/recipe/madgrad.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("madgrad decays only where its type says so") {
  CHECK(std::same_as<decltype(recipe::madgrad()), Optimizer<LearningRate, DualAveraging>>);
  CHECK_THROWS_AS(recipe::madgrad({.weight_decay = 0.1}), Refused);
  const auto decays = recipe::madgrad<recipe::Madgrad{.weight_decay = 0.1}>({.weight_decay = 0.2});
  CHECK(decays.get<WeightDecay>().rate == 0.2);
}
