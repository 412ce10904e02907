// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sums.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/device/jobs.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace gradus::detail {

/// What is asked of a device, in the order of its stream: sweeps, measurements, and the host's parts between them.
template <class Backend, class Job>
class DeviceQueue {
  using Plan = typename Job::Plan;
  using L = typename Job::L;
  using Asks = typename Job::Asks;
  using Set = typename Job::Set;
  using Control = backend::DeviceControl;
  template <class E>
  using Scalars = typename Job::template DeviceScalars<E>;

 public:
  DeviceScene<Set> scene;
  std::optional<Backend> on;
  DeviceJobs<Job> jobs;

  /// The pass that writes, with numbers that are known.
  template <class R>
  void update(const DeviceLeaves<R>& leaves, const Scalars<typename R::Element>& scalars, bool down) {
    sweep<typename Plan::Update>(leaves, scalars, Control::steps, down);
  }

  /// One step, with all that has to be measured and decided first.
  template <bool MayReport>
  void ask(Job& job) {
    const bool looks = Plan::shared_reads != 0 || job.report;
    if constexpr (L::norms != 0) job.orders = Asks::orders(job.optimizer->in_step({}, typename Set::Types{}));
    look_at_gradient<MayReport>(job);
    if constexpr (Asks::own_passes == 0) {
      looks ? host<true, &Job::begin, &Job::took_incoming, &Job::end>(job) : host<true, &Job::begin, &Job::end>(job);
    } else {
      looks ? host<false, &Job::begin, &Job::took_incoming>(job) : host<false, &Job::begin>(job);
      repeat<L::looking.size()>([&](auto k) { ask_own_pass<L::looking[k]>(job); });
      if constexpr (L::emits != 0) measure<typename Asks::OfEmitted>(job), host<false, &Job::took_emitted>(job);
      host<true, &Job::end>(job);
    }
    if constexpr (L::gathering.size() != 0) sweep_staged<typename Plan::Gather>(job, Control::gathers);
    sweep_staged<typename Plan::Update>(job, Control::steps);
  }

 private:
  template <bool MayReport>
  void look_at_gradient(Job& job) {
    if constexpr (MayReport)
      if (job.report) return measure<typename Asks::template Incoming<true>>(job);
    if constexpr (Plan::shared_reads != 0) measure<typename Asks::template Incoming<false>>(job);
  }

  template <std::size_t I>
  void ask_own_pass(Job& job) {
    using P = typename L::template policy<I>;
    if constexpr (SettlingPolicy<P>) {
      settle<I>(job);
    } else if constexpr (HasSums<P>) {
      measure<typename Asks::template OfSums<I>>(job);
      host<false, &Job::template took_sums<I>>(job);
    } else if constexpr (!Plan::template Received<I>::raw) {
      measure<typename Asks::template OfNorm<I>>(job);
      host<false, &Job::template took_norm<I>>(job);
    }
  }

  // How many sweeps are needed, only their sums say: the caller waits for those of each.
  template <std::size_t I>
  void settle(Job& job) {
    host<false, &Job::template begin_to_settle<I>>(job);
    do {
      measure<typename Asks::template OfSums<I>>(job);
      host<false, &Job::template settle_some<I>>(job);
      on->finish();
    } while (job.unsettled != 0);
  }

  template <class Chain, class R, class S>
  void sweep(const DeviceLeaves<R>& leaves, const S& scalars, std::uint32_t mode, bool down) {
    if (leaves.rows().empty()) return;
    on->for_each(leaves.table().tiles * backend::Tiling::threads,
                 backend::DeviceSweep<Chain, R, typename Job::Draws>{leaves.table(), scalars, mode, down}, "a step");
  }

  template <class Chain>
  void sweep_staged(const Job& job, Control::Mode mode) {
    scene.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      sweep<Chain>(leaves, staged<R>(job, t), mode, job.down);
    });
  }

  template <class R>
  Scalars<typename R::Element> staged(const Job& job, std::size_t type) {
    return {{}, reinterpret_cast<const Control*>(jobs.said() + job.said_at[type])};
  }

  template <class Ask>
  void measure(Job& job) {
    const auto& policies = job.optimizer->in_step({}, typename Set::Types{});
    scene.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      using Trees = backend::DeviceTrees;
      constexpr std::size_t count = Ask::template count<E>;
      const std::size_t blocks = leaves.table().blocks(Ask::by_leaf);
      if (blocks == 0) return;
      backend::DeviceLanes<typename Ask::Chain, R, count, typename Job::Draws> lane{
          leaves.table(), staged<R>(job, t), {}, jobs.lanes(), blocks, job.down, Ask::by_leaf};
      Ask::template fill<E>(policies, lane.reduction);
      on->for_each(blocks * lane.threads, lane, "a norm or a sum");
      const DeviceResult result = job.result(t, Ask::by_leaf);
      for (std::size_t k = 0; k < count; ++k) {
        double* out = const_cast<double*>(result.value) + k * result.count;
        double* all = result.trees != 0 ? jobs.blocks() : out;
        on->for_each(blocks, backend::DeviceBlocks{jobs.lanes() + k * blocks * norm_lanes, all, lane.reduction[k]},
                     "a norm or a sum");
        if (result.trees != 0)
          on->for_each(result.count, Trees{all, out, result.trees, lane.reduction[k]}, "a norm or a sum");
      }
    });
  }

  // Calls parts of a job in the stream, and sends what they say to the device. Once one has thrown, the rest of a
  // step does nothing.
  template <bool last, void (Job::*... part)()>
  void host(Job& job) {
    on->host(
        [](void* with) {
          Job& it = *static_cast<Job*>(with);
          attempt([&] { ((part == &Job::begin || !it.refused ? (it.*part)() : void()), ...); },
                  [&] { it.refuse_later(); });
          if constexpr (last) it.done = true, it.done.notify_all();
        },
        &job);
    on->copy(jobs.said(), job.said.data(), job.said.size());
  }
};

}  // namespace gradus::detail
