// SPDX-License-Identifier: MIT
#include <gradus/recipe/yogi.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("yogi has the paper's defaults") {
  CHECK(std::same_as<decltype(recipe::yogi()), Optimizer<CorrectedMomentum, SignedSquare, DivideByRoot, LearningRate>>);
  CHECK(recipe::yogi().get<LearningRate>().rate == 0.01);
  CHECK(recipe::yogi().get<DivideByRoot>().epsilon == 1e-3);
  CHECK(recipe::yogi().get<SignedSquare>().initial == 1e-6);
}
