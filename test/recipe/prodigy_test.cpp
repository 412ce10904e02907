// SPDX-License-Identifier: MIT
#include <gradus/recipe/prodigy.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("prodigy has optax's defaults") {
  CHECK(std::same_as<decltype(recipe::prodigy()), Optimizer<LearningRate, ProdigyAdaptation>>);
  const auto optimizer = recipe::prodigy({.estim_lr_coef = 2});
  CHECK(optimizer.get<LearningRate>().rate == 1);
  const auto& policy = optimizer.get<ProdigyAdaptation>();
  CHECK(policy.beta1 == 0.9);
  CHECK(policy.beta2 == 0.999);
  CHECK(policy.epsilon == 1e-8);
  CHECK(policy.first_distance == 1e-6);
  CHECK(policy.coefficient == 2);
  CHECK(policy.weight_decay == 0);
}
