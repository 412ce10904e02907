// SPDX-License-Identifier: MIT
#include <gradus/recipe/padam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;

namespace {

template <recipe::Padam With>
double first_step(double g) {
  double theta = 0;
  auto values = With;
  values.eps = 0;
  const auto optimizer = recipe::padam<With>(values);
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  return theta;
}

}  // namespace

TEST_CASE("with gradients c times as large Padam steps c^(1 - 2 p) times as far, p the power") {
  CHECK(first_step<{.roots = 3}>(16) / first_step<{.roots = 3}>(1) == doctest::Approx(std::pow(16, 0.75)));
  CHECK(first_step<{.roots = 2}>(16) / first_step<{.roots = 2}>(1) == doctest::Approx(4));
  CHECK(first_step<{.roots = 1}>(16) / first_step<{.roots = 1}>(1) == doctest::Approx(1));
}

TEST_CASE("Padam with one root is AMSGrad without corrections, and its divisor never shrinks") {
  double theta = 0, other = 0;
  const auto optimizer = recipe::padam<recipe::Padam{.roots = 1}>({.roots = 1});
  const Optimizer amsgrad{AveragedMomentum{},  MeanSquare{},    LargestSquare{},
                          EpsilonInRoot{1e-8}, DivideByRoot{0}, LearningRate{0.1}};
  auto state = optimizer.init(theta), other_state = amsgrad.init(other);
  for (int t = 0; t < 50; ++t) {
    const double g = std::sin(t) / (1 + t);
    optimizer.ascend(theta, g, state), amsgrad.ascend(other, g, other_state);
    CHECK(theta == other);
  }
}

TEST_CASE("the number of roots is part of the type") {
  CHECK_THROWS_AS(recipe::padam({.roots = 2}), Refused);
  CHECK(recipe::padam().get<LearningRate>().rate == 0.1);
}
