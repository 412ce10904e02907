// SPDX-License-Identifier: MIT
#include <gradus/device/run.hpp>

#include "support/fake_device.hpp"
#include "support/step_scalars.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/accumulate.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/trust_ratio.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace gradus;
using Control = backend::DeviceControl;

namespace {

template <class... P>
using RunOf = detail::DeviceRun<Storage<>, P...>;

static_assert(RunOf<Momentum, LearningRate>::alike && !RunOf<TrustRatio>::alike && RunOf<Normalize>::alike);
static_assert(RunOf<Accumulate, Momentum>::gathering && !RunOf<Momentum>::gathering);

using DeviceTheta = std::vector<support::DeviceVector<double>>;
const DeviceTheta theta{{{1, 2}}, {{3}}};

/// The number of steps that a leaf has taken.
double clock(const State& state, std::string_view leaf) {
  double steps = -1;
  state.visit([&](std::string_view of, std::string_view slot, auto values) {
    if (of == leaf && slot == "clock") steps = static_cast<double>(values[0]);
  });
  return steps;
}

/// Compares the scalars of the next step with those that the policies alone imply.
template <class Run, class... P>
void has_scalars(const Run& run, const gradus::detail::Pack<P...>& policies, int step, Norm norm = {}) {
  const auto got = run.template scalars<float>(0);
  const auto want = support::scalars_at(policies, step, norm);
  for (std::size_t k = 0; k < Run::L::scalars; ++k) CHECK(got[k] == static_cast<float>(want[k]));
}

}  // namespace

TEST_SUITE_BEGIN("device run");

TEST_CASE("the scalars of every step follow from its clocks") {
  const Optimizer optimizer{Momentum{0.9, 0.1}, LearningRate{0.3}, Warmup{4}, Decay{0.9}};
  using Run = RunOf<Momentum, LearningRate, Warmup, Decay>;
  State state = optimizer.init(theta);
  for (int step = 1; step < 7; ++step) {
    Run run(optimizer.policies(), detail::kept(state), 0, false);
    has_scalars(run, optimizer.policies(), step);
    run.commit(false, [](auto f) { f(std::size_t{0}), f(std::size_t{1}); });
    CHECK(state.step() == step);
  }
}

TEST_CASE("the clocks of leaves without a gradient stand still") {
  const Optimizer optimizer{Momentum{}, LearningRate{}};
  State state = optimizer.init(theta);
  RunOf<Momentum, LearningRate>(optimizer.policies(), detail::kept(state), 0, false).commit(false, [](auto f) {
    f(std::size_t{1});
  });
  CHECK(clock(state, "") == 1);
  CHECK(clock(state, "[0]") == 0);
  CHECK(clock(state, "[1]") == 1);
}

TEST_CASE("a norm is passed to the policy that asked for it") {
  const Optimizer optimizer{ClipNorm{3}, Momentum{}, ClipNorm{0.5}, LearningRate{}};
  State state = optimizer.init(theta);
  RunOf<ClipNorm, Momentum, ClipNorm, LearningRate> run(optimizer.policies(), detail::kept(state), 0, false);
  run.take_norm<0>(Norm{1, 6}), run.take_norm<2>(Norm{2, 5});
  const auto scalars = run.scalars<double>(0);
  CHECK(scalars[0] == 0.5);
  CHECK(scalars[decltype(run)::L::first_scalar(2)] == 0.05);
}

TEST_CASE("sums are passed to their own leaf or to all leaves") {
  const Optimizer by_leaf{TrustRatio{0.5}, LearningRate{}};
  State state = by_leaf.init(theta);
  RunOf<TrustRatio, LearningRate> run(by_leaf.policies(), detail::kept(state), 0, false);
  for (const std::size_t l : {std::size_t{0}, std::size_t{1}})
    run.sums<0>(l)[0] = l == 0 ? 16 : 36, run.sums<0>(l)[1] = 4;
  CHECK(run.scalars<double>(0)[0] == 1);
  CHECK(run.scalars<double>(1)[0] == 1.5);

  const Optimizer over_all{Momentum{}, Normalize{}, LearningRate{}};
  State other = over_all.init(theta);
  RunOf<Momentum, Normalize, LearningRate> all(over_all.policies(), detail::kept(other), 0, false);
  CHECK(all.sums<1>(0) == all.sums<1>(1));
}

TEST_CASE("non-finite steps are counted, and refused beyond the limit") {
  const Optimizer optimizer{SkipNonFinite{2}, Momentum{}};
  State state = optimizer.init(theta);
  const double infinity = std::numeric_limits<double>::infinity();
  using Run = RunOf<SkipNonFinite, Momentum>;
  for (int skipped = 1; skipped <= 2; ++skipped) {
    Run(optimizer.policies(), detail::kept(state), 0, false).found({"[0]", 1, infinity, skipped});
    CHECK(state.skipped() == skipped);
    CHECK(state.skipped_in_a_row() == skipped);
    CHECK(state.step() == 0);
  }
  CHECK_THROWS_AS(Run(optimizer.policies(), detail::kept(state), 0, false).found({"[0]", 1, infinity, 3}), Refused);
  CHECK(state.skipped() == 2);
  Run(optimizer.policies(), detail::kept(state), 0, false).commit(false, [](auto f) { f(std::size_t{0}); });
  CHECK(state.skipped() == 2);
  CHECK(state.skipped_in_a_row() == 0);
}

TEST_CASE("calls that only accumulate take no step") {
  const Optimizer optimizer{Accumulate{3}, LearningRate{}};
  State state = optimizer.init(theta);
  for (int call = 1; call <= 9; ++call) {
    RunOf<Accumulate, LearningRate> run(optimizer.policies(), detail::kept(state), 0, false);
    const bool steps = call % 3 == 0;
    CHECK(run.mode() == (steps ? Control::steps : Control::gathers));
    CHECK(run.scalars<double>(0)[0] == 1.0 / ((call - 1) % 3 + 1));
    if (steps) run.commit(false, [](auto f) { f(std::size_t{0}), f(std::size_t{1}); });
    else run.commit_gathered();
    CHECK(state.step() == call / 3);
  }
}

TEST_SUITE_END();
