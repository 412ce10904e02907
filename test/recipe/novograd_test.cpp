// SPDX-License-Identifier: MIT
#include <gradus/recipe/novograd.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("novograd divides leaf by leaf in front of its momentum") {
  CHECK(std::same_as<decltype(recipe::novograd()), Optimizer<LeafAdaptive, Momentum, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::novograd<recipe::NovoGrad{.weight_decay = 1}>()),
                     Optimizer<LeafAdaptive, WeightDecay, Momentum, LearningRate>>);
  CHECK_THROWS_AS(recipe::novograd({.weight_decay = 0.1}), Refused);
}
