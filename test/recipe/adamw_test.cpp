// SPDX-License-Identifier: MIT
#include <gradus/recipe/adamw.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adamw decays behind the moments") {
  const auto plain = recipe::adamw();
  CHECK(
      std::same_as<decltype(plain), const Optimizer<CorrectedMomentum, CorrectedAdaptive, WeightDecay, LearningRate>>);
  CHECK(plain.get<WeightDecay>().rate == 0.01);
  constexpr recipe::AdamW largest{.amsgrad = true};
  CHECK(std::same_as<decltype(recipe::adamw<largest>()),
                     Optimizer<CorrectedMomentum, LargestAdaptive, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::adamw({.amsgrad = true}), Refused);
}

TEST_CASE("with a zero gradient a step of adamw shrinks by rate times decay and nothing else, in both directions") {
  const auto optimizer = recipe::adamw({.lr = 0.5, .weight_decay = 0.25});
  double up = 8, down = 8;
  auto climbing = optimizer.init(up), falling = optimizer.init(down);
  optimizer.ascend(up, 0.0, climbing);
  optimizer.descend(down, 0.0, falling);
  CHECK(up == 7);
  CHECK(down == 7);
}
