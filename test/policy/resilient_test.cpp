// SPDX-License-Identifier: MIT
#include <gradus/policy/resilient.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

constexpr Resilient halves_and_doubles{.first_length = 1, .shrink = 0.5, .grow = 2, .shortest = 0.25, .longest = 8};

// The same sign: the length 1 is doubled. A change of sign: halved, and the element rests. After a rest: unchanged.
static_assert(constant_step(Pack{halves_and_doubles}, Element<2>{0, {1, 3}}, 5) == Element<2>{2, {2, 5}});
static_assert(constant_step(Pack{halves_and_doubles}, Element<2>{0, {1, -3}}, 5) == Element<2>{0, {0.5, 0}});
static_assert(constant_step(Pack{halves_and_doubles}, Element<2>{0, {1, 0}}, -5) == Element<2>{-1, {1, -5}});
// No longer than the longest, no shorter than the shortest.
static_assert(constant_step(Pack{halves_and_doubles}, Element<2>{0, {8, 3}}, 5) == Element<2>{8, {8, 5}});
static_assert(constant_step(Pack{halves_and_doubles}, Element<2>{0, {0.25, -3}}, 5) == Element<2>{0, {0.25, 0}});

TEST_SUITE_BEGIN("resilient");

TEST_CASE("the size of the gradient does not matter") {
  std::vector<double> theta{0, 0, 0};
  Optimizer<Resilient> optimizer;
  auto state = optimizer.init(theta);
  for (int t = 0; t < 10; ++t) optimizer.ascend(theta, std::vector<double>{1e-3, 1, 1e3}, state);
  CHECK(theta[0] == theta[1]);
  CHECK(theta[2] == theta[1]);
  CHECK(state.slot<double>("length")[0] == doctest::Approx(0.01 * std::pow(1.2, 9)));
}

TEST_CASE("it finds the top of badly scaled hills, with a step size for each element") {
  std::vector<double> theta{30, -0.02};
  Optimizer<Resilient> optimizer;
  auto state = optimizer.init(theta);
  for (int t = 0; t < 300; ++t) optimizer.ascend(theta, std::vector<double>{-1e-4 * theta[0], -1e4 * theta[1]}, state);
  CHECK(std::abs(theta[0]) < 1e-5);
  CHECK(std::abs(theta[1]) < 1e-5);
}

TEST_CASE("lengths are above 0, shrink lies in [0, 1), grow is at least 1") {
  support::ranges(&Resilient::first_length, "Resilient.first_length", {0.1}, {0, -1, support::infinity});
  support::ranges(&Resilient::shrink, "Resilient.shrink", {0, 0.5}, {1, -0.5, support::not_a_number});
  support::ranges(&Resilient::grow, "Resilient.grow", {1, 1.2}, {0.5, -1, support::not_a_number});
  support::ranges(&Resilient::shortest, "Resilient.shortest", {1e-6}, {0, -1, support::not_a_number});
  support::ranges(&Resilient::longest, "Resilient.longest", {50}, {0, -1, support::infinity});
}

TEST_CASE("the shortest step is at most the longest") {
  CHECK_THROWS_WITH((Optimizer{Resilient{.shortest = 2, .longest = 1}}),
                    "gradus: Resilient.shortest is 2, above longest, which is 1: give at most that");
}

TEST_SUITE_END();
