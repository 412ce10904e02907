// SPDX-License-Identifier: MIT
#include <gradus/policy/dual_averaging.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// Step 4 at the rate 3 weighs 3 * 2: s = 6 + 6 * 2, d = 3 + 6 * 2^2; z = 1 + 18 / 3, and half of the way there.
static_assert(constant_step(Pack{LearningRate{3}, DualAveraging{0.5, 0}}, Element<3>{5, {6, 3, 1}}, 2, 4) ==
              Element<3>{6, {18, 27, 1}});

namespace {

double first_step(double rate, double g) {
  double theta = 0;
  const Optimizer optimizer{LearningRate{rate}, DualAveraging{.factor = 0, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, g, state);
  return theta;
}

}  // namespace

TEST_SUITE_BEGIN("dual_averaging");

TEST_CASE("steps scale with the cube root of the gradient and with the rate to the power 2/3") {
  CHECK(first_step(1, 1) == 1);
  CHECK(first_step(1, 1000) == doctest::Approx(10).epsilon(1e-15));
  CHECK(first_step(1000, 1) == doctest::Approx(100).epsilon(1e-15));
}

TEST_CASE("a rate of 0 takes no step, epsilon or not") {
  double theta = 1;
  const Optimizer optimizer{LearningRate{0}, DualAveraging{.epsilon = 0.1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);
}

TEST_CASE("factor lies in [0, 1), epsilon is finite and at least 0") {
  support::ranges(&DualAveraging::factor, "DualAveraging.factor", {0, 0.5}, {-0.1, 1, support::not_a_number});
  support::ranges(&DualAveraging::epsilon, "DualAveraging.epsilon", {0, 1}, {-1, support::infinity});
}

TEST_SUITE_END();
