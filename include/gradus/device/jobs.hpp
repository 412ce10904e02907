// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/memory.hpp>
#include <gradus/device/job.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace gradus::detail {

/// The jobs of a state that may be in flight at once, and the memory that they share. Only the first ones allocate.
template <class Job>
class DeviceJobs {
 public:
  using Set = typename Job::Set;
  using Scene = DeviceScene<Set>;

  /// The next job, once it is done; a captured one is kept for its graph. `looks` says that something is measured.
  Job& take(Scene& scene, bool captured, bool even, bool looks) {
    if (captured) kept_.push_back(std::make_unique<Job>());
    Job& job = captured ? *kept_.back() : jobs_[next_++ % jobs_.size()];
    job.done.wait(false);
    job.scene = &scene, job.even = even;
    make_room(job, looks);
    job.done = false;
    return job;
  }

  /// Returns when the host's parts of all are done.
  void wait() const {
    for (const Job& job : jobs_) job.done.wait(false);
  }

  std::byte* said() { return said_.data(); }  ///< what was said, on the device
  double* blocks() { return reinterpret_cast<double*>(blocks_.data()); }
  double* lanes() { return reinterpret_cast<double*>(lanes_.data()); }  ///< what is being measured

 private:
  void make_room(Job& job, bool looks) {
    const Space &device = job.scene->state->memory.space(), &shared = *device.shared;
    const std::size_t rows = job.even ? 1 : job.scene->state->leaves.size();
    std::size_t said = 0;
    job.scene->set.for_each([&]<class R>(const DeviceLeaves<R>&, std::size_t t) {
      job.said_at[t] = said;
      const std::size_t scalars = rows * Job::L::scalars * sizeof(arithmetic_t<typename R::Element>);
      said += sizeof(typename Job::Control) + Job::template DeviceScalars<typename R::Element>::draws_room +
              (scalars + 15) / 16 * 16;
    });
    grow(said_, device, said), grow(job.said, shared, said);
    if (!looks) return;
    const std::size_t results = Job::Asks::most * job.scene->set.blocks() * sizeof(double);
    grow(lanes_, device, results * norm_lanes), grow(blocks_, device, results);
    grow(job.measured, shared, results);
  }

  void grow(Memory& memory, const Space& space, std::size_t bytes) {
    if (memory.size() >= bytes) return;
    wait();
    Memory larger(space, bytes);
    if (!kept_.empty() && memory.size() != 0) of_graphs_.push_back(std::move(memory));
    memory = std::move(larger);
  }

  std::array<Job, 4> jobs_;
  std::size_t next_ = 0;
  std::vector<std::unique_ptr<Job>> kept_;
  Memory said_, lanes_, blocks_;
  std::vector<Memory> of_graphs_;  ///< where captured jobs may still write
};

}  // namespace gradus::detail
