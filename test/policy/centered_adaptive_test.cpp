// SPDX-License-Identifier: MIT
#include <gradus/policy/centered_adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;

// s = 0.5 * 18 + 0.5 * 8^2 = 41, m = 0.5 * 0 + 0.5 * 8 = 4, u = 8 / (sqrt(41 - 16) + 3).
static_assert(constant_step(std::tuple{CenteredAdaptive{0.5, 3}}, Element<2>{1, {18, 0}}, 8) == Element<2>{2, {41, 4}});
static_assert(constant_step<true>(std::tuple{CenteredAdaptive{0.5, 3}}, Element<2>{1, {18, 0}}, 8) ==
              Element<2>{0, {41, -4}});

TEST_SUITE_BEGIN("centered_adaptive");

TEST_CASE("a constant gradient has no deviation: the steps grow to 1 / epsilon and never become NaN") {
  // s - m^2 falls to rounding noise of either sign, for which a plain root would give NaN.
  for (const float gradient : {0.1f, 0.3f, 1.7f, 1234.5f}) {
    float theta = 0;
    Optimizer optimizer{CenteredAdaptive{.beta = 0.9, .epsilon = 1}};
    auto state = optimizer.init(theta);
    for (int t = 0; t < 500; ++t) {
      theta = 0;
      optimizer.ascend(theta, gradient, state);
      CHECK(theta > 0);
      CHECK(theta <= gradient);
    }
    // s and m^2 are off by at most a dozen units of 2^-24 each, of which the root is taken.
    CHECK(theta >= gradient / (1 + 2e-3f * gradient));
  }
}

TEST_CASE("a shift of the gradient does not change what it divides by") {
  double plain = 0, shifted = 0;
  Optimizer optimizer{CenteredAdaptive{.beta = 0.5, .epsilon = 0}};
  auto state = optimizer.init(plain), other = optimizer.init(shifted);
  for (int t = 0; t < 200; ++t) {
    plain = shifted = 0;
    const double noise = t % 2 ? 1 : -1;
    optimizer.ascend(plain, noise, state), optimizer.ascend(shifted, noise + 10, other);
  }
  CHECK(shifted / 11 == doctest::Approx(plain / 1).epsilon(1e-9));
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0") {
  support::ranges(&CenteredAdaptive::beta, "CenteredAdaptive.beta", {0, 0.99}, {1, -0.1, support::not_a_number});
  support::ranges(&CenteredAdaptive::epsilon, "CenteredAdaptive.epsilon", {0, 1},
                  {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
