// SPDX-License-Identifier: MIT
#include <gradus/recipe/adagrad.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adagrad has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::adagrad();
  CHECK(std::same_as<decltype(plain), const Optimizer<SumOfSquares, DivideByRoot, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 0.01);
  CHECK(plain.get<SumOfSquares>().initial == 0);
  CHECK(plain.get<DivideByRoot>().epsilon == 1e-10);
  constexpr recipe::AdaGrad all{.lr_decay = 0.1, .weight_decay = 0.1};
  CHECK(std::same_as<decltype(recipe::adagrad<all>()),
                     Optimizer<WeightDecay, SumOfSquares, DivideByRoot, LearningRate, InverseTime>>);
  CHECK_THROWS_AS(recipe::adagrad({.lr_decay = 0.1}), Refused);
  CHECK_THROWS_AS(recipe::adagrad({.weight_decay = 0.1}), Refused);
}
