// SPDX-License-Identifier: MIT
#include <gradus/device/jobs.hpp>

#include "support/fake_device.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/normalize.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <tuple>
#include <vector>

using namespace gradus;

namespace {

using MixedJob =
    detail::DeviceJob<Optimizer<Momentum, Normalize, LearningRate>, detail::DeviceSet<Storage<>, 1, float, double>,
                      detail::DeviceRun<Storage<>, Momentum, Normalize, LearningRate>, Momentum, Normalize,
                      LearningRate>;

/// Jobs for a state with one leaf of floats and one of doubles.
struct MixedJobs {
  Optimizer<Momentum, Normalize, LearningRate> optimizer;
  std::tuple<support::DeviceVector<float>, support::DeviceVector<double>> theta{{std::vector<float>(5000)},
                                                                                {std::vector<double>(40)}};
  State state = optimizer.init(theta);
  MixedJob::Scene scene{&detail::kept(state), {}, {}, {}};
  detail::DeviceJobs<MixedJob> jobs;

  MixedJobs() {
    auto& [a, b] = theta;
    const std::vector<detail::Leaf> leaves{support::listed(a.memory.data(), a.memory.data(), a.memory.size()),
                                           support::listed(b.memory.data(), b.memory.data(), b.memory.size())};
    scene.set.list(
        leaves, support::FakeDevice{}, support::device_space, [](std::size_t, std::size_t) -> void* { return nullptr; },
        [] {});
  }

  MixedJob& take(bool captured = false, bool looks = true) { return jobs.take(scene, captured, true, looks); }
};

void end(MixedJob& job) { job.done = true, job.done.notify_all(); }

}  // namespace

TEST_SUITE_BEGIN("device jobs");

TEST_CASE("a finished job is reused; a job captured in a graph never is") {
  MixedJobs stage;
  std::set<MixedJob*> taken, kept;
  for (int i = 0; i < 20; ++i) {
    MixedJob& job = stage.take();
    CHECK_FALSE(job.done);
    taken.insert(&job);
    end(job);
    kept.insert(&stage.take(true));
  }
  CHECK(taken.size() == 4);
  CHECK(kept.size() == 20);
  for (MixedJob* job : kept) CHECK_FALSE(taken.contains(job));
}

TEST_CASE("there is room for the scalars of every type and for the measurements; only the first steps allocate") {
  MixedJobs stage;
  for (int i = 0; i < 4; ++i) end(stage.take());
  const int before = support::space_calls.allocated;
  MixedJob& job = stage.take();
  CHECK(support::space_calls.allocated == before);
  constexpr std::size_t scalars = MixedJob::L::scalars, control = sizeof(MixedJob::Control);
  const auto at = job.said_at;
  CHECK(at[0] == 0);
  CHECK(at[1] >= control + scalars * sizeof(float));
  CHECK(at[1] % alignof(MixedJob::Control) == 0);
  CHECK(job.said.size() >= at[1] + control + scalars * sizeof(double));
  CHECK(job.said.on_host());
  CHECK(job.measured.size() >= 3 * sizeof(double));  // one value per block
  CHECK(stage.jobs.said() != nullptr);
  CHECK(stage.jobs.lanes() != nullptr);
  end(job);
}

TEST_CASE("no room is allocated for measurements if nothing is measured") {
  MixedJobs stage;
  MixedJob& job = stage.take(false, false);
  CHECK(job.measured.size() == 0);
  CHECK(stage.jobs.lanes() == nullptr);
  end(job);
}

TEST_CASE("taking a job, or waiting, waits for the jobs in flight") {
  for (const bool take : {false, true}) {
    MixedJobs stage;
    for (int i = 0; i < 4; ++i) end(stage.take());  // later jobs find their memory allocated
    std::vector<MixedJob*> on_their_way;
    for (int i = 0; i < 4; ++i) on_their_way.push_back(&stage.take());
    std::atomic<bool> ended{false};
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      ended = true;
      for (MixedJob* job : on_their_way) end(*job);
    });
    if (take) end(stage.take());
    else stage.jobs.wait();
    CHECK(ended);
    other.join();
  }
}

TEST_SUITE_END();
