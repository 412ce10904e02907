// SPDX-License-Identifier: MIT
#include <gradus/drive/max_stable_rate.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace gradus;

namespace {

constexpr double curvature = 4, beta = 0.9;

// Whether a thousand steps down a parabola of that curvature end closer to its bottom than they started.
template <class O>
bool converges(O optimizer, double rate) {
  optimizer.template get<LearningRate>().rate = rate;
  double p = 1;
  auto state = optimizer.init(p);
  for (int step = 0; step < 1000; ++step) optimizer.descend(p, curvature * p, state);
  return std::abs(p) < 1;
}

template <class O>
void check(const O& optimizer, double expected) {
  const double rate = max_stable_rate(optimizer, curvature);
  CHECK(rate == doctest::Approx(expected).epsilon(1e-9));
  CHECK(converges(optimizer, 0.99 * rate));
  CHECK_FALSE(converges(optimizer, 1.01 * rate));
}

}  // namespace

TEST_SUITE_BEGIN("max stable rate");

TEST_CASE("textbook rates are found, and confirmed by steps on a parabola") {
  check(Optimizer{LearningRate{}}, 2 / curvature);
  check(Optimizer{Momentum{beta}, LearningRate{}}, 2 * (1 + beta) / curvature);
  check(Optimizer{Momentum{beta}, Nesterov{}, LearningRate{}}, 2 * (1 + beta) / (1 + 2 * beta) / curvature);
  check(Optimizer{AveragedMomentum{beta}, LearningRate{}}, 2 * (1 + beta) / (1 - beta) / curvature);
  check(Optimizer{CorrectedMomentum{0.5}, LearningRate{}}, 2 * 1.5 / 0.5 / curvature);
}

TEST_CASE("weight decay adds to the curvature") {
  check(Optimizer{WeightDecay{1}, LearningRate{}}, 2 / (curvature + 1));
  check(Optimizer{WeightDecay{1}, Momentum{beta}, LearningRate{}}, 2 * (1 + beta) / (curvature + 1));
}

TEST_CASE("the first rate that diverges is found, even if larger ones converge again") {
  for (const auto& around : {Lookahead{4, 0.3}, Lookahead{5, 0.5}, Lookahead{7, 0.5}, Lookahead{10, 0.5}}) {
    CAPTURE(around.steps);
    const Optimizer optimizer{Momentum{beta}, LearningRate{}, around};
    const double rate = max_stable_rate(optimizer, curvature);
    CHECK_FALSE(converges(optimizer, 1.01 * rate));
    for (int k = 1; k < 100; ++k) CHECK(converges(optimizer, k * rate / 100));
  }
}

TEST_CASE("periodic policies are analysed over a whole period") {
  check(Optimizer{LearningRate{}, Lookahead{2, 0.5}}, 2 / curvature);
  check(Optimizer{LearningRate{}, Lookahead{4, 0.5}}, 2 / curvature);
  const auto agrees = [](const auto& optimizer) { check(optimizer, max_stable_rate(optimizer, curvature)); };
  agrees(Optimizer{Momentum{beta}, LearningRate{}, Lookahead{2}});
  agrees(Optimizer{Momentum{beta}, LearningRate{}, Lookahead{5}});
  agrees(Optimizer{when(Every{2}, Momentum{beta}), LearningRate{}});
  agrees(Optimizer{ScheduledMomentum{beta, std::numeric_limits<double>::infinity()}, LearningRate{}});
  CHECK_THROWS_WITH_AS(
      static_cast<void>(max_stable_rate(Optimizer{LearningRate{}, Lookahead{5000}}, 1)),
      "gradus: max_stable_rate looks at 1024 late steps at most, and this composition takes more until "
      "its steps are the same again; let it act more often",
      Refused);
}

TEST_CASE("other factors count as 1, even if they fold into the rate") {
  CHECK(max_stable_rate(Optimizer{LearningRate{}, Warmup{100}, Decay{0.5}}, curvature) == doctest::Approx(0.5));
}

TEST_CASE("ClipNorm does not change the stable rate, as it has no effect near the top") {
  CHECK(max_stable_rate(Optimizer{ClipNorm{1}, LearningRate{}}, curvature) == doctest::Approx(2 / curvature));
}

TEST_CASE("nonlinear policies and a curvature that is not positive are refused") {
  CHECK_THROWS_WITH_AS(static_cast<void>(max_stable_rate(Optimizer{Adaptive{}, LearningRate{}}, 1)),
                       "gradus: max_stable_rate knows only updates that are linear in the gradient; measure the others",
                       Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{Clip{}, LearningRate{}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}, Box{-9, 9}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}, SoftThreshold{.l1 = 0.1}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{Normalize{}, LearningRate{}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{BarzilaiBorwein{}, LearningRate{}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{PolyakStep{}, LearningRate{}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}, Mechanic<>{}}, 1)), Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}, ProdigyAdaptation{}}, 1)), Refused);
  CHECK_THROWS_WITH_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}}, 0)),
                       "gradus: curvature is 0: give a finite number above 0 whose inverse is finite too", Refused);
  CHECK_THROWS_AS(static_cast<void>(max_stable_rate(Optimizer{LearningRate{}}, 1e-310)), Refused);
}

TEST_CASE("a condition counts where it holds, whether it has a period or not") {
  const auto even = [](const gradus::Step& step) { return step.count % 2 == 0; };
  const gradus::Optimizer every{gradus::when(gradus::Every{2}, gradus::Momentum{0.9}), gradus::LearningRate{}};
  const gradus::Optimizer lambda{gradus::when(even, gradus::Momentum{0.9}), gradus::LearningRate{}};
  CHECK(gradus::max_stable_rate(lambda, 3) == doctest::Approx(gradus::max_stable_rate(every, 3)).epsilon(1e-3));
}

TEST_CASE("what acts from a step on acts late, what acts until one does not") {
  check(Optimizer{when(From{5}, Momentum{beta}), LearningRate{}}, 2 * (1 + beta) / curvature);
  check(Optimizer{when(Until{5}, Momentum{beta}), LearningRate{}}, 2 / curvature);
}

TEST_SUITE_END();
