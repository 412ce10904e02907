// SPDX-License-Identifier: MIT
#include <gradus/recipe/nadam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("nadam has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::nadam();
  CHECK(std::same_as<decltype(plain), const Optimizer<ScheduledMomentum, CorrectedAdaptive, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 2e-3);
  CHECK(plain.get<ScheduledMomentum>().factor == 0.9);
  CHECK(plain.get<ScheduledMomentum>().decay == 0.004);
  CHECK(plain.get<CorrectedAdaptive>().epsilon == 1e-8);
  CHECK(std::same_as<decltype(recipe::nadam<recipe::NAdam{.weight_decay = 0.1}>()),
                     Optimizer<WeightDecay, ScheduledMomentum, CorrectedAdaptive, LearningRate>>);
  CHECK_THROWS_AS(recipe::nadam({.weight_decay = 0.1}), Refused);
  constexpr recipe::NAdam decoupled{.weight_decay = 0.1, .decoupled_weight_decay = true};
  CHECK(std::same_as<decltype(recipe::nadam<decoupled>()),
                     Optimizer<ScheduledMomentum, CorrectedAdaptive, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::nadam({.decoupled_weight_decay = true}), Refused);
}
