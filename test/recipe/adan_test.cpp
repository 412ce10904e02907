// SPDX-License-Identifier: MIT
#include <gradus/recipe/adan.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("adan has only what is asked for") {
  CHECK(std::same_as<decltype(recipe::adan()), Optimizer<NesterovMoments, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::adan<recipe::Adan{.weight_decay = 1}>()),
                     Optimizer<NesterovMoments, DivideByRoot, WeightDecay, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::adan<recipe::Adan{.eps_root = 1}>()),
                     Optimizer<NesterovMoments, EpsilonInRoot, DivideByRoot, LearningRate>>);
  CHECK_THROWS_AS(recipe::adan({.eps_root = 0.1}), Refused);
  CHECK_THROWS_AS(recipe::adan({.weight_decay = 0.1}), Refused);
  CHECK(recipe::adan().get<LearningRate>().rate == 1e-3);
}
