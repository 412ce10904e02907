// SPDX-License-Identifier: MIT
#include <gradus/recipe/smorms3.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("smorms3 has its author's defaults") {
  CHECK(std::same_as<decltype(recipe::smorms3()), Optimizer<SteadyAdaptive>>);
  CHECK(recipe::smorms3({.lr = 0.5}).get<SteadyAdaptive>().rate == 0.5);
}
