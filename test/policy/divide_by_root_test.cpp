// SPDX-License-Identifier: MIT
#include <gradus/policy/divide_by_root.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>
#include <gradus/policy/mean_square.hpp>

#include <cmath>
#include <initializer_list>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 34 + 0.5 * 4^2 = 25
static_assert(constant_step(Pack{MeanSquare{0.5}, DivideByRoot{3}}, Element<1>{1, {34}}, 4).parameter == 1 + 4.0 / 8);
static_assert(constant_step<true>(Pack{MeanSquare{0.5}, DivideByRoot{3}}, Element<1>{1, {34}}, 4).parameter == 0.5);
static_assert(constant_step(Pack{MeanSquare{0.5}, DivideByLargerRoot{8}}, Element<1>{1, {34}}, 4).parameter ==
              1 + 4.0 / 8);
static_assert(constant_step(Pack{MeanSquare{0.5}, DivideByLargerRoot{2}}, Element<1>{1, {34}}, 4).parameter ==
              1 + 4.0 / 5);
static_assert(constant_step(Pack{MeanSquare{0.5}, DivideBySquare{7}}, Element<1>{1, {34}}, 4).parameter ==
              1 + 4.0 / 32);

TEST_SUITE_BEGIN("divide_by_root");

TEST_CASE("an epsilon that rounds to zero in the element type is refused") {
  float theta = 0;
  Optimizer optimizer{MeanSquare{}, DivideByRoot{.epsilon = 1e-60}};
  CHECK_THROWS_AS(optimizer.init(theta), Refused);
  Optimizer larger{MeanSquare{}, DivideByLargerRoot{.smallest = 1e-60}};
  CHECK_THROWS_AS(larger.init(theta), Refused);
  Optimizer square{MeanSquare{}, DivideBySquare{.epsilon = 1e-60}};
  CHECK_THROWS_AS(square.init(theta), Refused);
  CHECK_THROWS_WITH((Optimizer{MeanSquare{}, DivideByRoot{-1}}),
                    "gradus: DivideByRoot.epsilon is -1: give a finite number of at least 0");
}

TEST_CASE("the power of the divisor can be chosen") {
  for (const double power : {0.0, 0.125, 1.0 / 3, 0.5, 1.0}) {
    double theta = 0;
    Optimizer optimizer{SumOfSquares{}, DivideByPower{power, 0.5}};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, 3.0, state);
    CHECK(theta == doctest::Approx(3 / std::pow(9.5, power)).epsilon(1e-15));
  }
  CHECK_THROWS_WITH((Optimizer{MeanSquare{}, DivideByPower{1.5}}),
                    "gradus: DivideByPower.power is 1.5: give a number in [0, 1]");
}

TEST_SUITE_END();
