// SPDX-License-Identifier: MIT
#include <gradus/policy/average.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// In the first step of a tail the average is the parameter; in the third it moves half the way.
static_assert(constant_step(Pack{TailAverage{}}, Element<1>{1, {9}}, 2) == Element<1>{3, {3}});
static_assert(constant_step(Pack{TailAverage{}}, Element<1>{1, {1}}, 2, 3) == Element<1>{3, {2}});
static_assert(constant_step(Pack{TailAverage{2}}, Element<1>{1, {1}}, 2, 4) == Element<1>{3, {3}});
static_assert(constant_step(Pack{MovingAverage{0.75}}, Element<1>{1, {1}}, 4) == Element<1>{5, {2}});

TEST_SUITE_BEGIN("average");

TEST_CASE("a tail average is the mean of the parameters so far, and does not feed back") {
  double theta = 0, plain = 0, sum = 0;
  const Optimizer optimizer{LearningRate{0.5}, TailAverage{.begin = 3}};
  const Optimizer without{LearningRate{0.5}};
  auto state = optimizer.init(theta), other = without.init(plain);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::sin(t);
    optimizer.ascend(theta, g, state), without.ascend(plain, g, other);
    CHECK(theta == plain);
    if (t >= 5) sum += theta;  // from step begin + 2 on
    CHECK(state.slot<double>("average")[0] == doctest::Approx(t < 5 ? theta : sum / (t - 4)).epsilon(1e-14));
  }
}

TEST_CASE("averages start at the parameters") {
  double theta = 3;
  CHECK(Optimizer<MovingAverage>().init(theta).slot<double>("average")[0] == 3);
}

TEST_CASE("averages see the parameters after constraints") {
  double theta = 1;
  const Optimizer optimizer{Box{0, 2}, MovingAverage{0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 100.0, state);
  CHECK(state.slot<double>("average")[0] == 2);
}

TEST_CASE("with begin below 0 all steps count; with Every, all k-th ones") {
  double theta = 0, sum = 0, every_fifth = 0;
  const Optimizer optimizer{LearningRate{0.5}, TailAverage{.begin = -1}};
  const Optimizer swa{LearningRate{0.5}, when(Every{5}, TailAverage{.begin = -7})};
  auto state = optimizer.init(theta), of_swa = swa.init(theta);
  for (int t = 1; t <= 23; ++t) {
    double same = theta;
    optimizer.ascend(theta, std::sin(t), state), swa.ascend(same, std::sin(t), of_swa);
    sum += theta;
    CHECK(state.slot<double>("average")[0] == doctest::Approx(sum / t).epsilon(1e-14));
    if (t % 5 != 0) continue;
    every_fifth += theta;
    CHECK(of_swa.slot<double>("average")[0] == doctest::Approx(every_fifth / (t / 5)).epsilon(1e-14));
  }
}

TEST_CASE("decay lies in [0, 1)") { CHECK_THROWS_AS((Optimizer{MovingAverage{1}}), Refused); }

TEST_SUITE_END();
