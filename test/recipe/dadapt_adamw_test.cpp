// SPDX-License-Identifier: MIT
#include <gradus/recipe/dadapt_adamw.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("dadapt_adamw has optax's defaults") {
  CHECK(std::same_as<decltype(recipe::dadapt_adamw()), Optimizer<LearningRate, DistanceAdaptation>>);
  const auto optimizer = recipe::dadapt_adamw({.weight_decay = 0.1});
  CHECK(optimizer.get<LearningRate>().rate == 1);
  const auto& policy = optimizer.get<DistanceAdaptation>();
  CHECK(policy.beta1 == 0.9);
  CHECK(policy.beta2 == 0.999);
  CHECK(policy.epsilon == 1e-8);
  CHECK(policy.first_distance == 1e-6);
  CHECK(policy.weight_decay == 0.1);
}
