// SPDX-License-Identifier: MIT
#include <gradus/recipe/lion.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("lion has the paper's defaults and contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::lion()), Optimizer<InterpolatedMomentum, Sign, LearningRate>>);
  CHECK(recipe::lion().get<LearningRate>().rate == 1e-4);
  CHECK(recipe::lion().get<InterpolatedMomentum>().beta2 == 0.99);
  CHECK(std::same_as<decltype(recipe::lion<recipe::Lion{.weight_decay = 1}>()),
                     Optimizer<InterpolatedMomentum, Sign, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::lion({.weight_decay = 0.1}), Refused);
}

TEST_CASE("every step has the size of the rate") {
  double theta = 0;
  const auto optimizer = recipe::lion({.lr = 0.5});
  auto state = optimizer.init(theta);
  for (const double g : {1e-3, 1e3, 7.0}) optimizer.ascend(theta, g, state);
  CHECK(theta == 1.5);
}
