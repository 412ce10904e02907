// SPDX-License-Identifier: MIT
#include <gradus/recipe/padam.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <concepts>
#include <type_traits>

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

// By how much Padam's step grows if the gradient grows by a factor of 16.
template <recipe::Padam With>
double further() {
  return first_step<With>(16) / first_step<With>(1);
}

}  // namespace

TEST_CASE("with gradients c times as large Padam steps c^(1 - 2 p) times as far, p the power") {
  CHECK(further<recipe::Padam{.partial = 0.0}>() == doctest::Approx(16).epsilon(1e-14));
  CHECK(further<recipe::Padam{.partial = 0.125}>() == doctest::Approx(8).epsilon(1e-14));
  CHECK(further<recipe::Padam{.partial = 0.25}>() == doctest::Approx(4).epsilon(1e-14));
  CHECK(further<recipe::Padam{.partial = 0.3}>() == doctest::Approx(std::pow(16, 0.4)).epsilon(1e-14));
  CHECK(further<recipe::Padam{.partial = 0.5}>() == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("with the power 1/2 Padam is AMSGrad without corrections, and its divisor never shrinks") {
  double theta = 0, other = 0;
  const auto optimizer = recipe::padam<recipe::Padam{.partial = 0.5}>({.partial = 0.5});
  const Optimizer amsgrad{AveragedMomentum{},  MeanSquare{},    LargestSquare{},
                          EpsilonInRoot{1e-8}, DivideByRoot{0}, LearningRate{0.1}};
  auto state = optimizer.init(theta), other_state = amsgrad.init(other);
  for (int t = 0; t < 50; ++t) {
    const double g = std::sin(t) / (1 + t);
    optimizer.ascend(theta, g, state), amsgrad.ascend(other, g, other_state);
    CHECK(theta == other);
  }
}

TEST_CASE("the power is part of the type, so that powers of two become roots") {
  CHECK(std::same_as<detail::type_at<3, std::remove_cvref_t<decltype(recipe::padam().policies())>>, DivideByRoots<3>>);
  CHECK(recipe::padam<recipe::Padam{.partial = 0.3}>().get<DivideByPower>().power == 0.3);
  CHECK_THROWS_AS(recipe::padam({.partial = 0.3}), Refused);
}
