// SPDX-License-Identifier: MIT
#include <gradus/recipe/ademamix.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("ademamix contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::ademamix()), Optimizer<MixedMomentum, CorrectedAdaptive, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::ademamix<recipe::AdEmaMix{.weight_decay = 1}>()),
                     Optimizer<MixedMomentum, CorrectedAdaptive, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::ademamix({.weight_decay = 0.1}), Refused);
  CHECK(recipe::ademamix().get<LearningRate>().rate == 1e-3);
}

TEST_CASE("alpha grows where it follows a schedule") {
  double theta = 0;
  const Optimizer optimizer{follow<&MixedMomentum::alpha>(Linear{0, 4, 4}, MixedMomentum{.beta1 = 0, .beta3 = 0})};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.ascend(theta, 1.0, state);
  CHECK(theta == (1 + 0) + (1 + 1) + (1 + 2));
}
