// SPDX-License-Identifier: MIT
#include <gradus/recipe/asgd.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("asgd has PyTorch's defaults") {
  CHECK(std::same_as<decltype(recipe::asgd()), Optimizer<WeightDecay, LearningRate, InverseTime, TailAverage>>);
  const auto optimizer = recipe::asgd();
  CHECK(optimizer.get<WeightDecay>().rate == 1e-4);
  CHECK(optimizer.get<InverseTime>().rate == 1e-4 * 0.01);
  CHECK(optimizer.get<InverseTime>().power == 0.75);
  CHECK(optimizer.get<TailAverage>().begin == 1000000);
}
