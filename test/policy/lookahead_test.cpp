// SPDX-License-Identifier: MIT
#include <gradus/policy/lookahead.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

using Vectors = std::vector<std::vector<double>>;

static_assert(constant_step(Pack{Lookahead{2, 0.25}}, Element<1>{1, {1}}, 4) == Element<1>{5, {1}});
static_assert(constant_step(Pack{Lookahead{2, 0.25}}, Element<1>{1, {1}}, 4, 2) == Element<1>{2, {2}});

TEST_SUITE_BEGIN("lookahead");

TEST_CASE("it is an outer loop around the same steps") {
  const Optimizer inner{Momentum{0.9}, LearningRate{0.3}};
  const Optimizer outer{Momentum{0.9}, LearningRate{0.3}, Lookahead{.steps = 3, .alpha = 0.5}};
  double fast = 2, slow = 2, theta = 2;
  auto inner_state = inner.init(fast), state = outer.init(theta);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::cos(t);
    inner.ascend(fast, g, inner_state), outer.ascend(theta, g, state);
    if (t % 3 == 0) fast = slow = slow + 0.5 * (fast - slow);
    CHECK(theta == doctest::Approx(fast).epsilon(1e-14));
    CHECK(averages(outer, theta, state).values() == doctest::Approx(slow).epsilon(1e-14));
  }
}

TEST_CASE("it counts the steps of a leaf") {
  const Optimizer optimizer{Lookahead{.steps = 2, .alpha = 0.5}};
  Vectors theta{{0}, {0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<std::optional<std::vector<double>>>{{{4}}, {}}, state);
  optimizer.ascend(theta, Vectors{{4}, {4}}, state);
  CHECK(theta == Vectors{{4}, {4}});  // half of 8; and 4, not halved yet
}

TEST_CASE("steps is at least 1, alpha lies in (0, 1]") {
  support::ranges(&Lookahead::steps, "Lookahead.steps", {std::int64_t{1}}, {std::int64_t{0}, std::int64_t{-3}});
  support::ranges(&Lookahead::alpha, "Lookahead.alpha", {0.1, 1}, {0, 1.5, support::not_a_number});
}

TEST_SUITE_END();
