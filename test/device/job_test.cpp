// SPDX-License-Identifier: MIT
#include <gradus/device/job.hpp>

#include "support/fake_device.hpp"
#include "support/step_scalars.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/skip_non_finite.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace gradus;
using Control = backend::DeviceControl;

namespace {

using Job = detail::DeviceJob<Optimizer<SkipNonFinite, ClipNorm, Momentum, LearningRate>,
                              detail::DeviceSet<Storage<>, 1, double>,
                              detail::DeviceRun<Storage<>, SkipNonFinite, ClipNorm, Momentum, LearningRate>,
                              SkipNonFinite, ClipNorm, Momentum, LearningRate>;
constexpr std::size_t scalars_a_leaf = Job::L::scalars;

constexpr std::uint64_t all_finite = ~std::uint64_t{0};

/// A job for two leaves, of three and of two elements, which share one block.
struct Stage {
  Optimizer<SkipNonFinite, ClipNorm, Momentum, LearningRate> optimizer;
  std::vector<support::DeviceVector<double>> theta{{{1, 2, 3}}, {{4, 5}}};
  State state = optimizer.init(theta);
  Job::Scene scene{&detail::kept(state), {}, {}, {}};
  Job job;

  explicit Stage(std::int64_t most = 10)
      : optimizer(SkipNonFinite{most}, ClipNorm{3}, Momentum{0.9, 0.1}, LearningRate{0.5}) {
    std::vector<detail::Leaf> leaves;
    for (auto& x : theta) leaves.push_back(support::listed(x.memory.data(), x.memory.data(), x.memory.size()));
    scene.set.list(
        leaves, support::FakeDevice{}, support::device_space, [](std::size_t, std::size_t) -> void* { return nullptr; },
        [] {});
    job.scene = &scene, job.optimizer = &optimizer, job.orders = Job::Asks::orders(optimizer.policies());
    job.said = detail::Memory(host_space, sizeof(Control) + theta.size() * scalars_a_leaf * sizeof(double) + 16);
    job.measured = detail::Memory(host_space, Job::Asks::most * scene.set.blocks() * sizeof(double));
  }

  /// What a device has measured: the key of the first non-finite element, and the sum of squares.
  void measured(std::uint64_t key, double squares) {
    const double results[]{std::bit_cast<double>(key), squares, squares, squares};
    std::memcpy(job.measured.data(), results, sizeof results);
  }

  Control control() const {
    Control control;
    return std::memcpy(&control, job.said.data(), sizeof control), control;
  }
  /// Compares the scalars given for each leaf with those that the policies alone imply.
  void says_scalars(int step, Norm norm) const {
    const auto want = support::scalars_at(optimizer.policies(), step, norm);
    for (std::size_t l = 0; l < theta.size(); ++l)
      for (std::size_t k = 0; k < scalars_a_leaf; ++k) {
        double got = 0;
        std::memcpy(&got, job.said.data() + sizeof(Control) + (l * control().stride + k) * sizeof got, sizeof got);
        CHECK(got == want[k]);
      }
  }
};

}  // namespace

TEST_SUITE_BEGIN("device job");

TEST_CASE("a job gives every leaf the scalars that follow from the norm, and completes the step") {
  Stage stage;
  for (int step = 1; step < 4; ++step) {
    stage.job.begin();
    CHECK(stage.control().mode == Control::steps);
    CHECK(stage.control().stride == scalars_a_leaf);
    stage.measured(all_finite, 36);
    stage.job.took_incoming();
    stage.says_scalars(step, Norm{1, 6});
    CHECK(stage.state.step() == step - 1);
    stage.job.end();
    CHECK(stage.control().mode == Control::steps);
    CHECK(stage.state.step() == step);
  }
  CHECK(stage.job.rate == 0.5);
}

TEST_CASE("if all clocks are even, one leaf's scalars serve all leaves") {
  Stage stage;
  stage.job.even = true;
  stage.job.begin();
  CHECK(stage.control().stride == 0);
  stage.measured(all_finite, 4);
  stage.job.took_incoming();
  stage.says_scalars(1, Norm{1, 2});
}

TEST_CASE("a report gets the norm of the gradient") {
  Stage stage;
  stage.job.report = true;
  stage.job.begin();
  const double results[]{std::bit_cast<double>(all_finite), 36, 36, 36, 49, 49, 49};
  std::memcpy(stage.job.measured.data(), results, sizeof results);
  stage.job.took_incoming();
  CHECK(stage.job.gradient_norm == 7);
}

TEST_CASE("a step with a non-finite gradient is not taken and counts as skipped") {
  Stage stage;
  stage.job.begin();
  stage.measured(4 * 1 + 1, 36);
  stage.job.took_incoming();
  CHECK(stage.control().mode == Control::rests);
  stage.job.end();
  CHECK(stage.state.step() == 0);
  CHECK(stage.state.skipped() == 1);
  stage.job.begin();
  CHECK(stage.control().mode == Control::steps);
}

TEST_CASE("a refusal names leaf, element and value; later steps are not taken until it has been caught") {
  const char* const said[]{"[0] is nan at element 0", "[0] is inf at element 2", "[1] is inf at element 0",
                           "[1] is -inf at element 1"};
  const std::uint64_t keys[]{0, 4 * 2 + 1, 4 * 3 + 1, 4 * 4 + 2};
  for (std::size_t i = 0; i < 4; ++i) {
    Stage stage(0);
    stage.job.begin();
    stage.measured(keys[i], 36);
    try {
      stage.job.took_incoming();
    } catch (...) {
      stage.job.refuse_later();
    }
    CHECK(stage.scene.has_refused);
    CHECK(stage.control().mode == Control::rests);
    CHECK_THROWS_WITH_AS(std::rethrow_exception(stage.scene.refused), doctest::Contains(said[i]), Refused);
    stage.job.end();
    stage.job.begin();
    CHECK(stage.control().mode == Control::rests);
    stage.job.end();
    CHECK(stage.state.step() == 0);
  }
}

TEST_SUITE_END();
