// SPDX-License-Identifier: MIT
#include <gradus/recipe/padam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;

namespace {

double first_step(double partial, double g) {
  double theta = 0;
  const auto optimizer = recipe::padam({.eps = 0, .partial = partial});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  return theta;
}

}  // namespace

TEST_CASE("with gradients c times as large Padam steps c^(1 - 2 p) times as far, p the power") {
  for (const double partial : {0.0, 0.1, 0.125, 1.0 / 3, 0.5})
    CHECK(first_step(partial, 16) / first_step(partial, 1) ==
          doctest::Approx(std::pow(16, 1 - 2 * partial)).epsilon(1e-14));
}

TEST_CASE("with the power 1/2 Padam is AMSGrad without corrections, and its divisor never shrinks") {
  double theta = 0, other = 0;
  const auto optimizer = recipe::padam({.partial = 0.5});
  const Optimizer amsgrad{AveragedMomentum{},  MeanSquare{},    LargestSquare{},
                          EpsilonInRoot{1e-8}, DivideByRoot{0}, LearningRate{0.1}};
  auto state = optimizer.init(theta), other_state = amsgrad.init(other);
  for (int t = 0; t < 50; ++t) {
    const double g = std::sin(t) / (1 + t);
    optimizer.ascend(theta, g, state), amsgrad.ascend(other, g, other_state);
    CHECK(theta == doctest::Approx(other).epsilon(1e-13));
  }
}

TEST_CASE("the power lies in [0, 1]") { CHECK_THROWS_AS(recipe::padam({.partial = -0.1}), Refused); }
