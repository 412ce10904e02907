// SPDX-License-Identifier: MIT
#include <gradus/recipe/radam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("radam has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::radam();
  CHECK(std::same_as<decltype(plain), const Optimizer<CorrectedMomentum, TorchRectifiedAdaptive, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 1e-3);
  CHECK(plain.get<CorrectedMomentum>().factor == 0.9);
  CHECK(plain.get<TorchRectifiedAdaptive>().beta == 0.999);
  CHECK(plain.get<TorchRectifiedAdaptive>().epsilon == 1e-8);
  CHECK(std::same_as<decltype(recipe::radam<recipe::RAdam{.weight_decay = 0.1}>()),
                     Optimizer<WeightDecay, CorrectedMomentum, TorchRectifiedAdaptive, LearningRate>>);
  CHECK_THROWS_AS(recipe::radam({.weight_decay = 0.1}), Refused);
  constexpr recipe::RAdam decoupled{.weight_decay = 0.1, .decoupled_weight_decay = true};
  CHECK(std::same_as<decltype(recipe::radam<decoupled>()),
                     Optimizer<CorrectedMomentum, TorchRectifiedAdaptive, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::radam({.decoupled_weight_decay = true}), Refused);
}
