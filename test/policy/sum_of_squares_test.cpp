// SPDX-License-Identifier: MIT
#include <gradus/policy/sum_of_squares.hpp>

#include "support/constant_step.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 9 + 4^2 = 25, u = 4 / (5 + 3).
static_assert(constant_step(Pack{SumOfSquares{}, DivideByRoot{3}}, Element<1>{1, {9}}, 4) == Element<1>{1.5, {25}});
static_assert(constant_step<true>(Pack{SumOfSquares{}, DivideByRoot{3}}, Element<1>{1, {9}}, 4) ==
              Element<1>{0.5, {25}});

TEST_SUITE_BEGIN("sum_of_squares");

TEST_CASE("the sum starts at initial and never shrinks: a constant gradient steps by 1 / sqrt(t)") {
  double theta = 0;
  Optimizer optimizer{SumOfSquares{}, DivideByRoot{.epsilon = 0}};
  auto state = optimizer.init(theta);
  double sum = 0;
  for (int t = 1; t <= 50; ++t) {
    optimizer.ascend(theta, 0.25, state);
    sum += 1 / std::sqrt(t);
    CHECK(theta == doctest::Approx(sum).epsilon(1e-14));
  }
  optimizer.get<SumOfSquares>().initial = 7;
  CHECK(optimizer.init(theta).slot<double>("sum")[0] == 7);
}

TEST_CASE("a rarely active feature keeps long steps") {
  std::vector<double> theta{0, 0};
  Optimizer optimizer{SumOfSquares{}, DivideByRoot{}, LearningRate{1}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 99; ++t) optimizer.ascend(theta, std::vector<double>{1, 0}, state);
  const auto before = theta;
  optimizer.ascend(theta, std::vector<double>{1, 1}, state);
  CHECK(theta[0] - before[0] == doctest::Approx(0.1));
  CHECK(theta[1] - before[1] == doctest::Approx(1));
}

TEST_CASE("initial is finite and at least 0") {
  CHECK_THROWS_WITH((Optimizer{SumOfSquares{-1}, DivideByRoot{}}),
                    "gradus: SumOfSquares.initial is -1: give a finite number of at least 0");
}

TEST_SUITE_END();
