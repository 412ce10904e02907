// SPDX-License-Identifier: MIT
#include <gradus/recipe/cocob.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("cocob has no rate") {
  CHECK(std::same_as<decltype(recipe::cocob()), Optimizer<CoinBetting>>);
  CHECK(recipe::cocob().get<CoinBetting>().alpha == 100);
}
