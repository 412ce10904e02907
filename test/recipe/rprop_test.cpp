// SPDX-License-Identifier: MIT
#include <gradus/recipe/rprop.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("rprop has PyTorch's defaults") {
  const auto plain = recipe::rprop();
  CHECK(std::same_as<decltype(plain), const Optimizer<Resilient>>);
  CHECK(plain.get<Resilient>().first_length == 0.01);
  CHECK(plain.get<Resilient>().shrink == 0.5);
  CHECK(plain.get<Resilient>().grow == 1.2);
  CHECK(plain.get<Resilient>().shortest == 1e-6);
  CHECK(plain.get<Resilient>().longest == 50);
  CHECK(recipe::rprop({.lr = 0.5}).get<Resilient>().first_length == 0.5);
}
