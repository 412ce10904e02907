// SPDX-License-Identifier: MIT
#include <gradus/recipe/sgd.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("sgd has PyTorch's defaults and contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::sgd()), Optimizer<LearningRate>>);
  CHECK(recipe::sgd().get<LearningRate>().rate == 1e-3);
  constexpr recipe::Sgd all{.momentum = 0.9, .weight_decay = 0.1, .nesterov = true};
  CHECK(std::same_as<decltype(recipe::sgd<all>()), Optimizer<WeightDecay, TorchMomentum, Nesterov, LearningRate>>);
  CHECK_THROWS_AS(recipe::sgd({.momentum = 0.9}), Refused);
}

TEST_CASE("the first step of sgd is not dampened, the second is") {
  constexpr recipe::Sgd dampened{.lr = 1, .momentum = 0.5, .dampening = 0.25};
  const auto optimizer = recipe::sgd<dampened>();
  double x = 0;
  auto state = optimizer.init(x);
  optimizer.descend(x, 1.0, state);
  CHECK(x == -1);
  optimizer.descend(x, 1.0, state);
  CHECK(x == -1 - (0.5 + 0.75));
}
