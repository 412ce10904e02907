// SPDX-License-Identifier: MIT
#include <gradus/policy/epsilon_in_root.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 2 + 0.5 * 4^2 = 9, with 16 under the root 25: u = 4 / (5 + 3).
static_assert(constant_step(Pack{MeanSquare{0.5}, EpsilonInRoot{16}, DivideByRoot{3}}, Element<1>{1, {2}}, 4) ==
              Element<1>{1.5, {9}});

TEST_SUITE_BEGIN("epsilon_in_root");

TEST_CASE("epsilon is finite, at least 0, and does not vanish in the type") {
  CHECK_THROWS_WITH((Optimizer{MeanSquare{}, EpsilonInRoot{-1}, DivideByRoot{}}),
                    "gradus: EpsilonInRoot.epsilon is -1: give a finite number of at least 0");
  float theta = 0;
  const Optimizer optimizer{MeanSquare{}, EpsilonInRoot{1e-60}, DivideByRoot{}};
  CHECK_THROWS_AS(optimizer.init(theta), Refused);
}

TEST_SUITE_END();
