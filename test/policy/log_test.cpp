// SPDX-License-Identifier: MIT
#include <gradus/policy/log.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>
#include <vector>

using namespace gradus;

namespace {

struct Collect {
  std::vector<Report>* all;
  void operator()(const Report& report) const { all->push_back(report); }
};

std::vector<std::int64_t> steps_of(const std::vector<Report>& reports) {
  std::vector<std::int64_t> steps;
  for (const Report& report : reports) steps.push_back(report.step);
  return steps;
}

}  // namespace

TEST_SUITE_BEGIN("log");

TEST_CASE("every so many steps it tells step, rate in force and norm of the incoming gradient") {
  std::vector<Report> reports;
  std::vector<double> theta(2);
  Optimizer optimizer{Clip{1}, LearningRate{0.5}, Warmup{6}, Log{3, Collect{&reports}}, Decay{0.5}};
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 8; ++step) optimizer.descend(theta, std::vector<double>{3.0 * step, -4.0 * step}, state);
  CHECK(steps_of(reports) == std::vector<std::int64_t>{3, 6});
  CHECK(reports[0].rate == 0.5 * 0.5 * 0.25);
  CHECK(reports[1].rate == 0.5 * 1 * 0.03125);
  CHECK(reports[0].gradient_norm == 15);
  CHECK(reports[1].gradient_norm == 30);
}

TEST_CASE("each report is a line in the stream; by default every ten steps to std::clog") {
  std::ostringstream out;
  double theta = 0;
  Optimizer optimizer{LearningRate{0.25}, Log{10, ToStream{&out}}};
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 25; ++step) optimizer.ascend(theta, -2.5, state);
  CHECK(out.str() == "Step: 10, rate: 0.25, gradient norm: 2.5\nStep: 20, rate: 0.25, gradient norm: 2.5\n");
  CHECK(Log<>{}.every == 10);
  CHECK(Log<>{}.to.out == &std::clog);
}

TEST_CASE("it does not change the run, not even in the steps that it reports") {
  std::vector<Report> reports;
  auto theta = support::parameters<float>(5003), other = theta;
  Optimizer silent{Momentum{}, LearningRate{0.013}, Decay{0.97}};
  Optimizer talking{Momentum{}, LearningRate{0.013}, Log{1, Collect{&reports}}, Decay{0.97}};
  auto state = silent.init(theta), other_state = talking.init(other);
  for (std::uint64_t step = 0; step < 3; ++step) {
    const auto gradient = support::gradient<float>(theta.size(), step);
    silent.ascend(theta, gradient, state);
    talking.ascend(other, gradient, other_state);
    CHECK(support::same_bits(theta, other));
  }
  CHECK(reports.size() == 3);
}

TEST_CASE("a capturing lambda is called, and a missing one is refused when it is needed") {
  std::vector<std::int64_t> steps;
  const auto note = [&](const Report& report) { steps.push_back(report.step); };
  std::vector<double> theta{1};
  const Optimizer optimizer{Log{2, note}, LearningRate{1}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 5; ++t) optimizer.ascend(theta, theta, state);
  CHECK(steps == std::vector<std::int64_t>{2, 4});
  CHECK_THROWS_WITH_AS(static_cast<void>(Log<decltype(note)>{}), doctest::Contains("calls nobody"), Refused);
}

TEST_CASE("the norm is over all leaves") {
  std::vector<Report> reports;
  std::pair<std::vector<float>, double> theta{{0, 0}, 0};
  Optimizer optimizer{LearningRate{}, Log{1, Collect{&reports}}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::pair<std::vector<float>, double>{{2, 4}, -4}, state);
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].gradient_norm == 6);
}

TEST_CASE("a non-finite gradient shows in the norm") {
  std::vector<Report> reports;
  std::vector<double> theta(3);
  Optimizer optimizer{LearningRate{0}, Log{1, Collect{&reports}}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{1, support::infinity, 2}, state);
  optimizer.ascend(theta, std::vector<double>{1, 2, support::not_a_number}, state);
  optimizer.ascend(theta, std::vector<double>{3e100, 0, 4e100}, state);
  CHECK(reports[0].gradient_norm == support::infinity);
  CHECK(std::isnan(reports[1].gradient_norm));
  CHECK(reports[2].gradient_norm == doctest::Approx(5e100).epsilon(1e-14));
}

TEST_CASE("two logs each report at their own steps") {
  std::vector<Report> twos, threes;
  double theta = 0;
  Optimizer optimizer{Log{2, Collect{&twos}}, LearningRate{}, Log{3, Collect{&threes}}};
  auto state = optimizer.init(theta);
  for (int step = 1; step <= 6; ++step) optimizer.ascend(theta, 1.0, state);
  CHECK(steps_of(twos) == std::vector<std::int64_t>{2, 4, 6});
  CHECK(steps_of(threes) == std::vector<std::int64_t>{3, 6});
}

TEST_CASE("every is at least 1") { support::ranges(&Log<>::every, "every", {1, 10, std::int64_t{1} << 40}, {0, -1}); }

TEST_SUITE_END();
