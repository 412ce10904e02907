// SPDX-License-Identifier: MIT
#include <gradus/policy/optimistic.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>
#include <gradus/policy/learning_rate.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// The first step has no previous gradient, the second is u = 1 * 8 + 2 * (8 - 3).
static_assert(constant_step(Pack{Optimistic{1, 2}}, Element<1>{1, {3}}, 8) == Element<1>{9, {8}});
static_assert(constant_step(Pack{Optimistic{1, 2}}, Element<1>{1, {3}}, 8, 2) == Element<1>{19, {8}});

TEST_SUITE_BEGIN("optimistic");

namespace {

/// The distance to the equilibrium of x y of two players who start at distance 1 and move at once, up and down.
template <class... P>
double distance_in_game(const Optimizer<P...>& optimizer) {
  double x = 1, y = 0;
  auto of_x = optimizer.init(x), of_y = optimizer.init(y);
  for (int t = 0; t < 1000; ++t) {
    const double for_x = y, for_y = x;
    optimizer.ascend(x, for_x, of_x), optimizer.descend(y, for_y, of_y);
  }
  return std::hypot(x, y);
}

}  // namespace

TEST_CASE("in a game it converges where plain gradients spiral outwards") {
  CHECK(distance_in_game(Optimizer{LearningRate{0.1}}) > 100);
  CHECK(distance_in_game(Optimizer{Optimistic{}, LearningRate{0.1}}) < 0.01);
}

TEST_CASE("alpha and beta are finite and at least 0") {
  support::ranges(&Optimistic::alpha, "Optimistic.alpha", {0, 9}, {-1, support::infinity, support::not_a_number});
  support::ranges(&Optimistic::beta, "Optimistic.beta", {0, 9}, {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
