// SPDX-License-Identifier: MIT
#include <gradus/policy/adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.75 * 0 + 0.25 * 8^2 = 16, u = 8 / (4 + 4).
static_assert(constant_step(Pack{Adaptive{0.75, 4}}, Element<1>{1, {0}}, 8) == Element<1>{2, {16}});
static_assert(constant_step<true>(Pack{Adaptive{0.75, 4}}, Element<1>{1, {0}}, 8) == Element<1>{0, {16}});
// s = 0.75 * 20 + 0.25 * 2^2 = 16, u = 2 / (4 + 4).
static_assert(constant_step(Pack{Adaptive{0.75, 4}}, Element<1>{1, {20}}, 2) == Element<1>{1.25, {16}});
// s = 16, 1 / sqrt(1 - 0.75) = 2, u = 8 / (4 * 2 + 0).
static_assert(constant_step(Pack{CorrectedAdaptive{0.75, 0}}, Element<1>{1, {0}}, 8) == Element<1>{2, {16}});
// s = 16, the largest stays 36, u = 8 / (6 * 2 + 4).
static_assert(constant_step(Pack{LargestAdaptive{0.75, 4}}, Element<2>{1, {0, 36}}, 8) == Element<2>{1.5, {16, 36}});
static_assert(constant_step(Pack{LargestAdaptive{0.75, 0}}, Element<2>{1, {0, 9}}, 8) == Element<2>{2, {16, 16}});

TEST_SUITE_BEGIN("adaptive");

TEST_CASE("the defaults are 0.999 and 1e-8; the first step is uncorrected") {
  double theta = 0;
  Optimizer<Adaptive> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 3.0, state);
  CHECK(theta == doctest::Approx(3 / (std::sqrt(0.001 * 9) + 1e-8)).epsilon(1e-14));
  CHECK(state.slot<double>("second")[0] == doctest::Approx(0.001 * 9).epsilon(1e-13));
}

TEST_CASE("the first corrected step has the length 1, in float too") {
  for (const double gradient : {1e-3, 1.0, 1e3}) {
    double theta = 0;
    float single = 0;
    Optimizer<CorrectedAdaptive> optimizer{CorrectedAdaptive{.epsilon = 0}};
    auto state = optimizer.init(theta), single_state = optimizer.init(single);
    optimizer.ascend(theta, gradient, state);
    optimizer.ascend(single, static_cast<float>(gradient), single_state);
    CHECK(theta == doctest::Approx(1).epsilon(1e-14));
    CHECK(single == doctest::Approx(1).epsilon(1e-6));
  }
}

TEST_CASE("epsilon is added to the corrected root") {
  double theta = 0;
  Optimizer optimizer{CorrectedAdaptive{.beta = 0.75, .epsilon = 8}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 8.0, state);
  CHECK(theta == 0.5);
}

TEST_CASE("it measures the gradient, wherever it stands") {
  double theta = 0;
  Optimizer optimizer{Momentum{0.5}, Adaptive{.beta = 0.75, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 8.0, state);
  optimizer.ascend(theta, 8.0, state);
  CHECK(state.slot<double>("velocity")[0] == 12);
  CHECK(state.slot<double>("second")[0] == 28);
}

TEST_CASE("coupled decay changes what it measures") {
  double theta = 4;
  Optimizer optimizer{WeightDecay{0.5}, Adaptive{.beta = 0.75, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 10.0, state);
  CHECK(state.slot<double>("second")[0] == 16);
  CHECK(theta == 4 + 8.0 / 4);
}

TEST_CASE("the largest moment never shrinks, and keeps a NaN") {
  double theta = 0;
  Optimizer<LargestAdaptive> optimizer{LargestAdaptive{.beta = 0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 100.0, state);
  const double largest = state.slot<double>("largest")[0];
  optimizer.ascend(theta, 1.0, state);
  CHECK(state.slot<double>("largest")[0] == largest);
  CHECK(state.slot<double>("second")[0] < largest);
  optimizer.ascend(theta, support::not_a_number, state);
  CHECK(std::isnan(theta));
  CHECK(std::isnan(state.slot<double>("largest")[0]));
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0") {
  const std::vector<double> betas{0, 0.999}, no_betas{1, -0.1, 1.5, support::not_a_number};
  const std::vector<double> epsilons{0, 1e-300, 1}, no_epsilons{-1e-8, support::not_a_number, support::infinity};
  support::ranges(&Adaptive::beta, "Adaptive.beta", betas, no_betas);
  support::ranges(&Adaptive::epsilon, "Adaptive.epsilon", epsilons, no_epsilons);
  support::ranges(&CorrectedAdaptive::beta, "CorrectedAdaptive.beta", betas, no_betas);
  support::ranges(&CorrectedAdaptive::epsilon, "CorrectedAdaptive.epsilon", epsilons, no_epsilons);
  support::ranges(&LargestAdaptive::beta, "LargestAdaptive.beta", betas, no_betas);
  support::ranges(&LargestAdaptive::epsilon, "LargestAdaptive.epsilon", epsilons, no_epsilons);
}

TEST_CASE("an epsilon that float rounds to 0 is refused for float, before anything is written") {
  Optimizer optimizer{Adaptive{.epsilon = 1e-60}};
  std::vector<double> wide{1};
  std::vector<float> narrow{1};
  CHECK_NOTHROW(optimizer.init(wide));
  CHECK_THROWS_WITH(optimizer.init(narrow), doctest::Contains("Adaptive.epsilon is 1e-60, which is 0 in float"));

  optimizer.get<Adaptive>().epsilon = 1e-8;
  auto state = optimizer.init(narrow);
  const auto before = state;
  optimizer.get<Adaptive>().epsilon = 1e-60;
  CHECK_THROWS_AS(optimizer.ascend(narrow, std::vector<float>{1}, state), Refused);
  CHECK(narrow[0] == 1);
  CHECK((state == before));
}

TEST_CASE_TEMPLATE("a tiny epsilon still prevents 0 / 0", Policy, CorrectedAdaptive, LargestAdaptive) {
  float theta = 1;
  const Optimizer<Policy> optimizer{Policy{.beta = 0.999999, .epsilon = 1e-44}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 0.0f, state);
  CHECK(theta == 1);
}

TEST_SUITE_END();
