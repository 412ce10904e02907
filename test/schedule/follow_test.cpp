// SPDX-License-Identifier: MIT
#include <gradus/schedule/follow.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("follow");

TEST_CASE("a hyper-parameter has its schedule's value in every step") {
  double theta = 0;
  const Optimizer optimizer{follow<&LearningRate::rate>(Linear{1, 0, 4})};
  auto state = optimizer.init(theta);
  double sum = 0;
  for (const double rate : {1.0, 0.75, 0.5, 0.25, 0.0, 0.0}) {
    double seen = -1;
    optimizer.ascend(theta, 2.0, state, [&](const Report& report) { seen = report.rate; });
    CHECK(seen == rate);
    CHECK(theta == (sum += 2 * rate));
  }
}

TEST_CASE("schedules follow the run's step, in bound steps and after the step was set too") {
  double theta = 0, bound = 0;
  const Optimizer optimizer{follow<&Clip::value>(Linear{1, 5, 4})};
  auto state = optimizer.init(theta), of_bound = optimizer.init(bound);
  auto steps = optimizer.bind(bound, 100.0, of_bound);
  for (int t = 0; t < 6; ++t) optimizer.ascend(theta, 100.0, state), steps.ascend();
  CHECK(theta == 1 + 2 + 3 + 4 + 5 + 5);
  CHECK(bound == theta);
  state.step(2);
  optimizer.ascend(theta, 100.0, state);
  CHECK(theta == bound + 3);
}

TEST_CASE("several hyper-parameters of one policy can follow schedules; the others keep their own values") {
  double theta = 0;
  const Optimizer optimizer{follow<&Momentum::factor>(
      Linear{0.5, 0, 1}, follow<&Momentum::dampening>([](std::int64_t t) { return t == 1 ? 0 : 0.5; }))};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);  // v = 1
  optimizer.ascend(theta, 1.0, state);  // v = 0 * 1 + 0.5
  CHECK(theta == 1.5);
  const Optimizer kept{follow<&Adaptive::beta>(Linear{0.5, 0.5}, Adaptive{.epsilon = 3})};
  double other = 0;
  auto of_kept = kept.init(other);
  kept.ascend(other, std::sqrt(2.0), of_kept);
  CHECK(other == doctest::Approx(std::sqrt(2.0) / (1 + 3)));
}

TEST_CASE("a correction uses the product of the past betas") {
  double theta = 0, mean = 0, product = 1;
  const auto beta = [](std::int64_t t) { return 1 - 1 / (static_cast<double>(t) + 1); };
  const Optimizer optimizer{follow<&CorrectedMomentum::factor>(beta)};
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 20; ++t) {
    const double g = std::cos(t);
    theta = 0;
    optimizer.ascend(theta, g, state);
    mean = beta(t) * mean + (1 - beta(t)) * g, product *= beta(t);
    CHECK(theta == doctest::Approx(mean / (1 - product)).epsilon(1e-13));
  }
}

TEST_CASE("a scheduled value out of range is refused by the step, which changes nothing") {
  std::vector<double> theta{1};
  const Optimizer optimizer{follow<&Momentum::factor>(Linear{0, 2, 4})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
  optimizer.ascend(theta, theta, state);
  const auto before = theta;
  const auto state_before = state;
  CHECK_THROWS_WITH(optimizer.ascend(theta, theta, state),
                    "gradus: in step 3, Momentum.factor is 1: give a number in [0, 1)");
  CHECK(theta == before);
  CHECK((state == state_before));
}

TEST_CASE("a scheduled epsilon that rounds to 0 is refused in that step") {
  std::vector<float> theta{1};
  const Optimizer optimizer{follow<&Adaptive::epsilon>([](std::int64_t t) { return t == 1 ? 1e-8 : 1e-60; })};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
  CHECK_THROWS_AS(optimizer.ascend(theta, theta, state), Refused);
}

TEST_CASE("a following policy keeps its place, is found by get(), and explain names its schedule") {
  Optimizer optimizer{follow<&Momentum::factor>(Linear{0, 0.9, 100}), Nesterov{}, Adaptive{},
                      follow<&LearningRate::rate>(Cosine{.from = 0.1, .steps = 100})};
  CHECK(std::as_const(optimizer).get<LearningRate>().rate == 0.01);
  optimizer.get<Momentum>().dampening = 0.5;
  CHECK(std::as_const(optimizer).get<Momentum>().dampening == 0.5);
  const auto text = explain(optimizer);
  CHECK(text.find("factor follows Linear") != std::string::npos);
  CHECK(text.find("rate follows Cosine") != std::string::npos);
}

namespace {

/// A schedule that counts its copies.
struct Copied {
  static inline int copies = 0;
  Copied() = default;
  Copied(const Copied&) { ++copies; }
  Copied& operator=(const Copied&) = delete;
  double operator()(std::int64_t) const { return 0.5; }
};

}  // namespace

TEST_CASE("a step copies no schedule, whatever it holds") {
  double theta = 0;
  const Optimizer optimizer{follow<&LearningRate::rate>(Copied{})};
  auto state = optimizer.init(theta);
  Copied::copies = 0;
  for (int t = 0; t < 5; ++t) optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 2.5);
  CHECK(Copied::copies == 0);
}

TEST_CASE("a state fits the policies whatever their schedules: a run can change or drop them") {
  double theta = 0;
  const Optimizer plain{Momentum{0.5}, LearningRate{1}};
  const Optimizer following{follow<&Momentum::factor>(Linear{0, 0}), LearningRate{1}};
  auto state = plain.init(theta);
  plain.ascend(theta, 1.0, state);
  following.ascend(theta, 1.0, state);
  plain.ascend(theta, 1.0, state);
  CHECK(theta == 1 + 1 + 1.5);
}

TEST_CASE("initial values can follow a schedule too, which is read at step 1") {
  double theta = 0;
  const Optimizer optimizer{follow<&SumOfSquares::initial>([](std::int64_t t) { return 7.0 * static_cast<double>(t); }),
                            DivideByRoot{}};
  CHECK(optimizer.init(theta).slot<double>("sum")[0] == 7);
}

TEST_CASE("an invalid schedule is refused before a run begins") {
  double theta = 1;
  const Optimizer optimizer{follow<&LearningRate::rate>(Cyclic{.up = 0})};
  CHECK_THROWS_AS(optimizer.init(theta), Refused);
}

TEST_CASE("a schedule is changed between steps") {
  Optimizer optimizer{
      follow<&Momentum::dampening>(Linear{0, 0, 1}, follow<&Momentum::factor>([](std::int64_t) { return 0.5; })),
      follow<&LearningRate::rate>(Linear{1, 1, 1})};
  double theta = 0;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);
  schedule_of<&LearningRate::rate>(optimizer) = Linear{2, 2, 1};
  schedule_of<&Momentum::dampening>(optimizer).from = 0.5, schedule_of<&Momentum::dampening>(optimizer).to = 0.5;
  CHECK(schedule_of<&Momentum::factor>(optimizer)(1) == 0.5);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1 + 2 * (0.5 * 1 + 0.5));
}

TEST_CASE("an array follows a schedule of arrays") {
  const auto factors = [](std::int64_t t) { return std::array{0.0, t < 3 ? 0.5 : 0.25}; };
  const Optimizer optimizer{follow<&AggregatedMomentum<2>::factors>(factors)};
  double theta = 0, expected = 0, v = 0;
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 5; ++t) {
    optimizer.ascend(theta, 1.0, state);
    v = factors(t)[1] * v + 1;
    expected += (1 + v) / 2;
    CHECK(theta == doctest::Approx(expected).epsilon(1e-15));
  }
}

TEST_CASE("one policy of an optimizer may follow, in its place") {
  const Linear rate{0.1, 0.2, 10};
  const Optimizer whole{follow<&LearningRate::rate>(rate, Optimizer{Momentum{}, LearningRate{}, Decay{0.9}})};
  const Optimizer spelt{Momentum{}, follow<&LearningRate::rate>(rate), Decay{0.9}};
  std::vector<double> x{1, 2}, y = x;
  auto of_x = whole.init(x), of_y = spelt.init(y);
  for (int step = 0; step < 5; ++step) whole.ascend(x, x, of_x), spelt.ascend(y, y, of_y);
  CHECK(x == y);
}

TEST_CASE("a count that follows a schedule beyond its range stays at the range's end") {
  double said = 0;
  const Optimizer optimizer{LearningRate{1}, follow<&Lookahead::steps>([&](std::int64_t) { return said; })};
  double theta = 0;
  said = 1e300;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);  // it never looks back
  said = std::nan("");
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, 1.0, state), doctest::Contains("Lookahead.steps"), Refused);
  CHECK(theta == 1);
}

TEST_SUITE_END();
