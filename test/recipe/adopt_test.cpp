// SPDX-License-Identifier: MIT
#include <gradus/recipe/adopt.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <type_traits>

using namespace gradus;

TEST_CASE("adopt has clipping and look-ahead in its type only on request") {
  CHECK(std::same_as<policy_of<detail::type_at<2, std::remove_cvref_t<decltype(recipe::adopt().policies())>>>, Clip>);
  CHECK(std::same_as<decltype(recipe::adopt<recipe::Adopt{.clips = false}>()),
                     Optimizer<PreviousMeanSquare, DivideByLargerRoot, AveragedMomentum, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::adopt<recipe::Adopt{.clips = false, .nesterov = true}>()),
                     Optimizer<PreviousMeanSquare, DivideByLargerRoot, LookAheadMomentum, LearningRate>>);
  CHECK_THROWS_AS(recipe::adopt<recipe::Adopt{.clips = false}>({.clips = true}), Refused);
  CHECK_THROWS_AS(recipe::adopt({.nesterov = true}), Refused);
}

TEST_CASE("the clip widens with time: (t - 1)^(1/4)") {
  double theta = 0;
  const auto optimizer = recipe::adopt({.lr = 1, .beta1 = 0, .beta2 = 0.999999});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 0);
  for (int t = 2; t <= 17; ++t) theta = 0, optimizer.ascend(theta, t == 17 ? 1e6 : 1.0, state);
  CHECK(theta == doctest::Approx(2));
}
