// SPDX-License-Identifier: MIT
#include <gradus/recipe/qhm.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace gradus;

TEST_CASE("at nu 0 it is plain ascent, at nu 1 the average") {
  CHECK(std::same_as<decltype(recipe::qhm()), Optimizer<AveragedMomentum, Blend, LearningRate>>);
  double plain = 0, average = 0;
  const auto none = recipe::qhm({.lr = 0.5, .nu = 0}), all = recipe::qhm({.lr = 0.5, .beta = 0.75, .nu = 1});
  auto of_none = none.init(plain), of_all = all.init(average);
  none.ascend(plain, 8.0, of_none), all.ascend(average, 8.0, of_all);
  CHECK(plain == 4);
  CHECK(average == 1);
}

TEST_CASE("nu lies in [0, 1]: no weight is negative") {
  CHECK_THROWS_AS(recipe::qhm({.nu = 1.5}), Refused);
  CHECK_THROWS_AS(recipe::qhm({.nu = -0.5}), Refused);
}
