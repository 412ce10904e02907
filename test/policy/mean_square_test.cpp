// SPDX-License-Identifier: MIT
#include <gradus/policy/mean_square.hpp>

#include "support/bits.hpp"
#include "support/constant_step.hpp"
#include "support/random.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 34 + 0.5 * 4^2 = 25, u = 4 / (5 + 3).
static_assert(constant_step(Pack{MeanSquare{0.5}, DivideByRoot{3}}, Element<1>{1, {34}}, 4) == Element<1>{1.5, {25}});
// s = 0.5 * 9 + 0.5 * 4^2 = 12.5, in the first step doubled.
static_assert(constant_step(Pack{CorrectedMeanSquare{0.5}, DivideByRoot{3}}, Element<1>{1, {9}}, 4) ==
              Element<1>{1.5, {12.5}});

TEST_SUITE_BEGIN("mean_square");

namespace {

template <class... P>
std::vector<double> climbed(const Optimizer<P...>& optimizer) {
  auto theta = support::parameters<double>(37);
  auto state = optimizer.init(theta);
  for (std::uint64_t step = 0; step < 20; ++step) optimizer.ascend(theta, support::gradient<double>(37, step), state);
  return theta;
}

}  // namespace

TEST_CASE("average and divisor as separate policies equal Adaptive, bit for bit") {
  CHECK(support::same_bits(climbed(Optimizer{MeanSquare{0.9}, DivideByRoot{1e-3}, LearningRate{0.1}}),
                           climbed(Optimizer{Adaptive{0.9, 1e-3}, LearningRate{0.1}})));
}

TEST_CASE("with correction they equal CorrectedAdaptive, except for where the root is rounded") {
  const auto apart = climbed(Optimizer{CorrectedMeanSquare{0.9}, DivideByRoot{1e-3}, LearningRate{0.1}});
  const auto whole = climbed(Optimizer{CorrectedAdaptive{0.9, 1e-3}, LearningRate{0.1}});
  for (std::size_t i = 0; i < apart.size(); ++i) CHECK(apart[i] == doctest::Approx(whole[i]).epsilon(1e-13));
}

TEST_CASE("beta lies in [0, 1), initial is finite and at least 0") {
  double theta = 0;
  CHECK(Optimizer{MeanSquare{0.5, 7}, DivideByRoot{}}.init(theta).slot<double>("second")[0] == 7);
  CHECK_THROWS_WITH((Optimizer{MeanSquare{1}, DivideByRoot{}}),
                    "gradus: MeanSquare.beta is 1: give a number in [0, 1)");
  CHECK_THROWS_WITH((Optimizer{MeanSquare{0.5, -1}, DivideByRoot{}}),
                    "gradus: MeanSquare.initial is -1: give a finite number of at least 0");
  CHECK_THROWS_WITH((Optimizer{CorrectedMeanSquare{-0.5}, DivideByRoot{}}),
                    "gradus: CorrectedMeanSquare.beta is -0.5: give a number in [0, 1)");
}

TEST_SUITE_END();
