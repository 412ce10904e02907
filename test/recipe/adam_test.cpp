// SPDX-License-Identifier: MIT
#include <gradus/recipe/adam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <concepts>

using namespace gradus;

TEST_CASE("adam has PyTorch's defaults and contains only the requested features") {
  const auto plain = recipe::adam();
  CHECK(std::same_as<decltype(plain), const Optimizer<CorrectedMomentum, CorrectedAdaptive, LearningRate>>);
  CHECK(plain.get<LearningRate>().rate == 1e-3);
  CHECK(plain.get<CorrectedMomentum>().factor == 0.9);
  CHECK(plain.get<CorrectedAdaptive>().beta == 0.999);
  CHECK(plain.get<CorrectedAdaptive>().epsilon == 1e-8);
  constexpr recipe::Adam all{.weight_decay = 0.1, .amsgrad = true};
  CHECK(std::same_as<decltype(recipe::adam<all>()),
                     Optimizer<WeightDecay, CorrectedMomentum, LargestAdaptive, LearningRate>>);
  CHECK_THROWS_AS(recipe::adam({.weight_decay = 0.1}), Refused);
}

TEST_CASE("adam's first step is the rate, whatever the gradient's size") {
  const auto optimizer = recipe::adam({.lr = 0.25});
  for (const double gradient : {1e-3, 1.0, 1e6}) {
    double x = 0;
    auto state = optimizer.init(x);
    optimizer.ascend(x, gradient, state);
    CHECK(x == doctest::Approx(0.25 * gradient / (gradient + 1e-8)).epsilon(1e-14));
  }
}
