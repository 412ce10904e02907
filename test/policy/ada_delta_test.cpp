// SPDX-License-Identifier: MIT
#include <gradus/policy/ada_delta.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 26 + 0.5 * 8^2 = 45, u = sqrt(12 + 4) / sqrt(45 + 4) * 8 = 4 / 7 * 8.
static_assert(constant_step(Pack{AdaDelta{0.5, 4}}, Element<2>{0, {26, 12}}, 8).slot[0] == 45);
static_assert(constant_step(Pack{AdaDelta{0.5, 4}}, Element<2>{0, {26, 12}}, 8).parameter == 4.0 / 7 * 8);
// s = 0.5 * 56 + 0.5 * 8^2 = 60, u = sqrt(0 + 4) / sqrt(64) * 8 = 2, d = 0.5 * 0 + 0.5 * 2^2.
static_assert(constant_step(Pack{AdaDelta{0.5, 4}}, Element<2>{1, {56, 0}}, 8) == Element<2>{3, {60, 2}});

TEST_SUITE_BEGIN("ada_delta");

TEST_CASE("steps do not depend on the gradient's scale once epsilon is small") {
  const auto climb = [](double gradient) {
    double theta = 0;
    Optimizer optimizer{AdaDelta{.epsilon = 1e-30}};
    auto state = optimizer.init(theta);
    for (int t = 0; t < 100; ++t) optimizer.ascend(theta, gradient, state);
    return theta;
  };
  CHECK(climb(1) > 0);
  CHECK(climb(1e3) == doctest::Approx(climb(1)).epsilon(1e-12));
  CHECK(climb(1e-3) == doctest::Approx(climb(1)).epsilon(1e-12));
}

TEST_CASE("a rate behind it scales the step and not what it remembers") {
  double plain = 0, scaled = 0;
  Optimizer one{AdaDelta{}};
  Optimizer half{AdaDelta{}, LearningRate{0.5}};
  auto state = one.init(plain);
  auto other = half.init(scaled);
  for (int t = 0; t < 20; ++t) one.ascend(plain, 1.0, state), half.ascend(scaled, 1.0, other);
  CHECK(scaled == doctest::Approx(plain / 2).epsilon(1e-14));
  CHECK(state.slot<double>("change")[0] == other.slot<double>("change")[0]);
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0") {
  support::ranges(&AdaDelta::beta, "AdaDelta.beta", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&AdaDelta::epsilon, "AdaDelta.epsilon", {1e-6, 1}, {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
