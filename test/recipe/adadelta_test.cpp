// SPDX-License-Identifier: MIT
#include <gradus/recipe/adadelta.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adadelta has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::adadelta();
  CHECK(std::same_as<decltype(plain), const Optimizer<AdaDelta, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 1);
  CHECK(plain.get<AdaDelta>().beta == 0.9);
  CHECK(plain.get<AdaDelta>().epsilon == 1e-6);
  CHECK(std::same_as<decltype(recipe::adadelta<recipe::Adadelta{.weight_decay = 0.1}>()),
                     Optimizer<WeightDecay, AdaDelta, LearningRate>>);
  CHECK_THROWS_AS(recipe::adadelta({.weight_decay = 0.1}), Refused);
}
