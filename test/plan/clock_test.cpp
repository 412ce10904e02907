// SPDX-License-Identifier: MIT
#include <gradus/plan/clock.hpp>

#include "support/step_scalars.hpp"
#include "support/user_policies.hpp"

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/bounded_rate.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/scheduled_momentum.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace gradus;
using support::scalars_at;

namespace {

static_assert(scalars_at(detail::Pack{LearningRate{0.5}, Warmup{4}, Decay{0.5}}, 3)[0] == 0.5 * 0.75 * 0.25);
static_assert(scalars_at(detail::Pack{Momentum{0.5, 0.25}, LearningRate{2}}, 1)[2] == 2);

/// Keeps what its text left in the step before.
struct LastSum {
  static constexpr bool per_run = true;
  static constexpr Name emits[]{"g"};
  static constexpr Name kept[]{"last"};
  constexpr std::array<double, 1> start() const { return {4}; }
  constexpr std::array<double, 1> next(const Step&, const Sums& sum) const { return {sum[0]}; }
  static constexpr void apply(Record& r) { r.emitted[0] = {r.gradient, r.gradient.number(1)}; }
};

/// Is handed its scalar.
struct Handed {
  static constexpr std::size_t told = 1;
  static constexpr Name scalars[]{"factor"};
  static constexpr void apply(Record& r, Lane factor) { r.update = factor * r.update; }
};

}  // namespace

TEST_SUITE_BEGIN("clock");

TEST_CASE("a policy may have several powers, each from its own base") {
  const detail::Pack policies{BoundedRate{.beta1 = 0.5, .beta2 = 0.25}, LearningRate{}};
  const detail::StepScalars<BoundedRate, LearningRate> scalars{policies};
  const auto start = scalars.start();
  CHECK(start == std::array{0.0, 1.0, 1.0});
  const auto leaf = scalars.next_leaf({start.data(), start.data()}, start.data(), {});
  CHECK(leaf == std::array{1.0, 0.5, 0.25});
  CHECK(scalars.next_leaf({start.data(), start.data()}, leaf.data(), {}) == std::array{2.0, 0.25, 0.0625});
}

TEST_CASE("what a policy keeps stands behind its powers") {
  const detail::Pack policies{ScheduledMomentum{.factor = 0.5, .decay = 1}};
  const detail::StepScalars<ScheduledMomentum> scalars{policies};
  const auto start = scalars.start();
  const auto leaf = scalars.next_leaf({start.data(), start.data()}, start.data(), {});
  CHECK(leaf[1] == doctest::Approx(0.96));
  CHECK(leaf[2] == doctest::Approx(0.5 * (1 - 0.96 / 2)));
}

TEST_CASE("each policy is given the sums that its own text emitted, once the pass is over") {
  const detail::Pack policies{LastSum{}, LearningRate{}, LastSum{}};
  const detail::StepScalars<LastSum, LearningRate, LastSum> scalars{policies};
  const auto start = scalars.start();
  CHECK(start == std::array{0.0, 4.0, 4.0});
  const auto run = scalars.next_run(start.data(), {});
  CHECK(run == std::array{1.0, 4.0, 4.0});
  const double emitted[]{3, 5};
  CHECK(scalars.behind(start.data(), run, emitted) == std::array{1.0, 3.0, 5.0});
}

TEST_CASE("a scalar that is calculated elsewhere is handed on, and is 1 where nobody has calculated it") {
  const detail::Pack policies{Handed{}};
  const detail::StepScalars<Handed> scalars{policies};
  const std::array start{0.0}, one{1.0};
  const double told[]{7, 8};
  CHECK(scalars.at({start.data(), one.data()}, {start.data(), one.data()}, {.told = told})[0] == 8);
  CHECK(scalars.at({start.data(), one.data()}, {start.data(), one.data()}, {})[0] == 1);
}

TEST_CASE("clocks count steps and multiply powers: the run's clock those of factors, a leaf's those of texts") {
  const detail::Pack policies{CorrectedMomentum{0.5}, LearningRate{}, CorrectedAdaptive{0.25}, Decay{3}};
  using Scalars = detail::StepScalars<CorrectedMomentum, LearningRate, CorrectedAdaptive, Decay>;
  const Scalars scalars{policies};
  const auto start = scalars.start();
  CHECK(start == std::array{0.0, 1.0, 1.0, 1.0});
  const auto run = scalars.next_run(start.data(), {});
  const auto leaf = scalars.next_leaf({start.data(), run.data()}, start.data(), {});
  CHECK(run == std::array{1.0, 1.0, 1.0, 3.0});
  CHECK(leaf == std::array{1.0, 0.5, 0.25, 1.0});
  const auto second = scalars.next_run(run.data(), {});
  CHECK(second == std::array{2.0, 1.0, 1.0, 9.0});
  CHECK(scalars.next_leaf({run.data(), second.data()}, leaf.data(), {}) == std::array{2.0, 0.25, 0.0625, 1.0});
}

TEST_CASE("scalars follow the order of the layout, and adjacent factors fold into one") {
  const detail::Pack policies{Clip{2}, LearningRate{0.5}, Warmup{2}, Momentum{0.75, 0.5}, Decay{0.25}};
  const auto first = scalars_at(policies, 1);
  const auto third = scalars_at(policies, 3);
  CHECK(first == std::array{-2.0, 2.0, 0.25, 0.75, 0.5, 1.0, 0.0});
  CHECK(third == std::array{-2.0, 2.0, 0.5, 0.75, 0.5, 0.0625, 0.0});
}

TEST_CASE("factors follow the run's clock, texts the leaf's") {
  const detail::Pack policies{CorrectedMomentum{0.5}, Warmup{8}};
  const detail::StepScalars<CorrectedMomentum, Warmup> scalars{policies};
  const std::array run_before{3.0, 0.125}, run{4.0, 0.0625}, leaf_before{0.0, 1.0}, leaf{1.0, 0.5};
  const auto value = scalars.at({run_before.data(), run.data()}, {leaf_before.data(), leaf.data()}, {});
  CHECK(value[2] == 2);    // 1 / (1 - 0.5^1): the leaf's first step
  CHECK(value[3] == 0.5);  // 4 of 8: the run's fourth
}

TEST_CASE("a norm is passed to the policy that asked for it") {
  const auto value = scalars_at(detail::Pack{ClipNorm{3}}, 1, {2, 6});
  CHECK(value[0] == 0.25);
}

TEST_CASE("the rate in force is the product of all factors, wherever they stand") {
  const detail::Pack policies{LearningRate{0.5}, Clip{}, Warmup{4}, Momentum{}, Decay{0.5}};
  const detail::StepScalars<LearningRate, Clip, Warmup, Momentum, Decay> scalars{policies};
  const std::array before{1.0, 0.5}, now{2.0, 0.25};
  CHECK(scalars.rate({before.data(), now.data()}) == 0.5 * 0.5 * 0.5);
  const detail::Pack none{Clip{}};
  const std::array start{0.0}, one{1.0};
  CHECK(detail::StepScalars<Clip>{none}.rate({start.data(), one.data()}) == 1);
}

TEST_CASE("the rate in force counts the factors in front of a policy; behind apply it counts all") {
  const detail::Pack policies{LearningRate{0.5}, user::Share{}, Warmup{4}, user::Lasso{3}, Decay{0.5}};
  const auto first = scalars_at(policies, 1), second = scalars_at(policies, 2);
  CHECK(first[1] == 1);                     // 0.5 / 0.5
  CHECK(second[1] == 0.5);                  // 0.5 / (0.5 + 0.5)
  CHECK(first[3] == 3 * 0.5 * 0.25);        // weight, rate, 1 of 4 steps
  CHECK(second[3] == 3 * 0.5 * 0.5 * 0.5);  // weight, rate, 2 of 4 steps, one decay
}

TEST_CASE("a policy's kept numbers start and advance on its own clock, beside the powers of others") {
  using Scalars = detail::StepScalars<CorrectedMomentum, user::Share, user::ClipSpike, LearningRate>;
  const detail::Pack policies{CorrectedMomentum{0.5}, user::Share{}, user::ClipSpike{}, LearningRate{}};
  const Scalars scalars{policies};
  const auto start = scalars.start();
  CHECK(start == std::array{0.0, 1.0, 0.0, 0.0});
  const Norm norm[]{{1, 8}}, spike[]{{1, 80}};
  const auto run = scalars.next_run(start.data(), {norm});
  CHECK(run == std::array{1.0, 1.0, 0.0, 8.0});
  CHECK(scalars.next_leaf({start.data(), run.data()}, start.data(), {norm}) == std::array{1.0, 0.5, 1.0, 0.0});
  CHECK(scalars.next_run(run.data(), {spike}) == std::array{2.0, 1.0, 0.0, 12.0});  // half 8, half of twice 8
}

TEST_CASE("corrections are computed in double: the first is accurate where float would lose its digits") {
  const auto value = scalars_at(detail::Pack{CorrectedAdaptive{0.999}}, 1);
  CHECK(value[2] == doctest::Approx(std::sqrt(0.001)).epsilon(1e-12));
  CHECK(1e8 * value[3] == doctest::Approx(std::sqrt(0.001)).epsilon(1e-12));
}

TEST_SUITE_END();
