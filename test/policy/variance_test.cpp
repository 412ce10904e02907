// SPDX-License-Identifier: MIT
#include <gradus/policy/variance.hpp>

#include "support/constant_step.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 18 + 0.5 * 8^2 = 41, m = 0.5 * 0 + 0.5 * 8 = 4, u = 8 / (sqrt(41 - 16) + 3).
static_assert(constant_step(Pack{Variance{0.5}, DivideByRoot{3}}, Element<2>{1, {18, 0}}, 8) == Element<2>{2, {41, 4}});
static_assert(constant_step<true>(Pack{Variance{0.5}, DivideByRoot{3}}, Element<2>{1, {18, 0}}, 8) ==
              Element<2>{0, {41, -4}});

TEST_SUITE_BEGIN("variance");

TEST_CASE("a constant gradient has no deviation: the steps grow to 1 / epsilon and never become NaN") {
  // s - m^2 becomes rounding noise of either sign, whose plain root could be NaN.
  for (const float gradient : {0.1f, 0.3f, 1.7f, 1234.5f}) {
    float theta = 0;
    Optimizer optimizer{Variance{.beta = 0.9}, DivideByRoot{.epsilon = 1}};
    auto state = optimizer.init(theta);
    for (int t = 0; t < 500; ++t) {
      theta = 0;
      optimizer.ascend(theta, gradient, state);
      CHECK(theta > 0);
      CHECK(theta <= gradient);
    }
    // s and m^2 are each off by at most a dozen units of 2^-24, before the root.
    CHECK(theta >= gradient / (1 + 2e-3f * gradient));
  }
}

TEST_CASE("adding a constant to the gradient does not change the divisor") {
  double plain = 0, shifted = 0;
  Optimizer optimizer{Variance{.beta = 0.5}, DivideByRoot{.epsilon = 0}};
  auto state = optimizer.init(plain), other = optimizer.init(shifted);
  for (int t = 0; t < 200; ++t) {
    plain = shifted = 0;
    const double noise = t % 2 ? 1 : -1;
    optimizer.ascend(plain, noise, state), optimizer.ascend(shifted, noise + 10, other);
  }
  CHECK(shifted / 11 == doctest::Approx(plain / 1).epsilon(1e-9));
}

TEST_CASE("beta lies in [0, 1), initial is finite and at least 0") {
  CHECK_THROWS_WITH((Optimizer{Variance{1}, DivideByRoot{}}), "gradus: Variance.beta is 1: give a number in [0, 1)");
  CHECK_THROWS_WITH((Optimizer{Variance{0.5, -1}, DivideByRoot{}}),
                    "gradus: Variance.initial is -1: give a finite number of at least 0");
}

TEST_SUITE_END();
