// SPDX-License-Identifier: MIT
#include <gradus/recipe/adamax.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adamax has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::adamax();
  CHECK(std::same_as<decltype(plain), const Optimizer<CorrectedMomentum, InfinityAdaptive, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 2e-3);
  CHECK(plain.get<CorrectedMomentum>().factor == 0.9);
  CHECK(plain.get<InfinityAdaptive>().beta == 0.999);
  CHECK(plain.get<InfinityAdaptive>().epsilon == 1e-8);
  CHECK(std::same_as<decltype(recipe::adamax<recipe::AdaMax{.weight_decay = 0.1}>()),
                     Optimizer<WeightDecay, CorrectedMomentum, InfinityAdaptive, LearningRate>>);
  CHECK_THROWS_AS(recipe::adamax({.weight_decay = 0.1}), Refused);
}
