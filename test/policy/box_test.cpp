// SPDX-License-Identifier: MIT
#include <gradus/policy/box.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{Box{0, 2}}, Element<0>{1}, 8) == Element<0>{2});
static_assert(constant_step(Pack{Box{0, 2}}, Element<0>{1}, -8) == Element<0>{0});
static_assert(constant_step(Pack{Box{0, 2}}, Element<0>{1}, 0.5) == Element<0>{1.5});

TEST_SUITE_BEGIN("box");

TEST_CASE("an optimum in a corner is reached and kept") {
  std::vector<double> theta{0.5, 0.5};
  const Optimizer optimizer{Momentum{0.5}, LearningRate{0.1}, Box{-1, 1}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 200; ++t) optimizer.ascend(theta, std::vector<double>{3 - theta[0], -0.25 - theta[1]}, state);
  CHECK(theta[0] == 1);
  CHECK(theta[1] == doctest::Approx(-0.25));
}

TEST_CASE("by default parameters stay nonnegative, and a NaN is kept") {
  std::vector<float> theta{1, 1};
  const Optimizer optimizer{Box{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<float>{-5, NAN}, state);
  CHECK(theta[0] == 0);
  CHECK(std::isnan(theta[1]));
}

TEST_CASE("bounds may have either sign and be infinite") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK_NOTHROW((Optimizer{Box{-infinity, -3}}));
  CHECK_THROWS_WITH((Optimizer{Box{NAN, 1}}), "gradus: Box.low is nan: give a number");
  CHECK_THROWS_WITH((Optimizer{Box{0, NAN}}), "gradus: Box.high is nan: give a number");
  CHECK_NOTHROW((Optimizer{Box{2, 2}}));
  CHECK_THROWS_WITH((Optimizer{Box{2, 1}}), "gradus: Box.low is 2, above high, which is 1: give at most that");
}

TEST_SUITE_END();
