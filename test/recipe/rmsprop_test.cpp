// SPDX-License-Identifier: MIT
#include <gradus/recipe/rmsprop.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("rmsprop has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::rmsprop();
  CHECK(std::same_as<decltype(plain), const Optimizer<MeanSquare, DivideByRoot, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 0.01);
  CHECK(plain.get<MeanSquare>().beta == 0.99);
  CHECK(plain.get<DivideByRoot>().epsilon == 1e-8);
  constexpr recipe::RmsProp all{.weight_decay = 0.1, .momentum = 0.9, .centered = true};
  CHECK(std::same_as<decltype(recipe::rmsprop<all>()),
                     Optimizer<WeightDecay, Variance, DivideByRoot, Momentum, LearningRate>>);
  CHECK(recipe::rmsprop<all>().get<Momentum>().factor == 0.9);
  CHECK_THROWS_AS(recipe::rmsprop({.momentum = 0.9}), Refused);
  CHECK_THROWS_AS(recipe::rmsprop({.centered = true}), Refused);
  CHECK_THROWS_AS(recipe::rmsprop({.weight_decay = 0.1}), Refused);
}
