// SPDX-License-Identifier: MIT
#include <gradus/recipe/sgld.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("sgld is ascent with the noise of its rate") {
  CHECK(std::same_as<decltype(recipe::sgld()), Optimizer<LearningRate, Langevin>>);
  const auto optimizer = recipe::sgld({.lr = 0.5, .seed = 3});  // the standard deviation is 1
  CHECK(optimizer.get<Langevin>().seed == 3);
  double theta = 0, noise;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 4.0, state);
  optimizer.get<Langevin>().draw({.step = 1}, 1, &noise);
  CHECK(theta == 2 + noise);
}
