// SPDX-License-Identifier: MIT
#include <gradus/policy/leaf_adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;
using Vectors = std::vector<std::vector<double>>;

// The first step sets n to 16: 8 / (4 + 4).
static_assert(constant_step(Pack{LeafAdaptive{0.5, 4}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{2});

TEST_SUITE_BEGIN("leaf_adaptive");

TEST_CASE("each leaf has one second moment, that of its norm") {
  Vectors theta{{0, 0}, {0}};
  const Optimizer optimizer{LeafAdaptive{.beta = 0.75, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{3, 4}, {2}}, state);
  CHECK(theta[0][0] == doctest::Approx(0.6));
  CHECK(theta[1][0] == doctest::Approx(1));
  theta = {{0, 0}, {0}};
  optimizer.ascend(theta, Vectors{{6, 8}, {2}}, state);
  CHECK(theta[0][1] == doctest::Approx(8 / std::sqrt(0.75 * 25 + 0.25 * 100)));
  CHECK(theta[1][0] == doctest::Approx(1));
}

TEST_CASE("it measures the gradient wherever it stands") {
  double theta = 0;
  const Optimizer optimizer{Momentum{0.5}, LeafAdaptive{.epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 4.0, state), optimizer.ascend(theta, 4.0, state);
  CHECK(theta == doctest::Approx(1 + 1.5));
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0") {
  support::ranges(&LeafAdaptive::beta, "LeafAdaptive.beta", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&LeafAdaptive::epsilon, "LeafAdaptive.epsilon", {0, 1}, {-1, support::infinity});
}

TEST_SUITE_END();
