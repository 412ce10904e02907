// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sums.hpp>
#include <gradus/compose/device_jobs.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/report.hpp>
#include <gradus/core/running.hpp>
#include <gradus/parameters/elements.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace gradus {

/// The steps of one composition on a device for one state. If nothing has to be measured first, a step is one launch
/// per element type, with its scalars in the kernel's arguments. Else, and always in a graph, the host's part
/// (`DeviceJob`) is called in the stream between launches, and what it says lies in the device's memory.
template <class Optimizer, class Backend, class Storage, class Types, class Policies>
class DeviceSteps;

template <class Optimizer, class Backend, class Storage, class... T, class... P>
class DeviceSteps<Optimizer, Backend, Storage, Elements<T...>, Pack<P...>> final : public Running {
  using Plan = gradus::Plan<P...>;
  using L = Layout<P...>;
  using Control = backend::DeviceControl;
  using Asks = DeviceAsks<P...>;
  using Set = DeviceSet<Storage, L::slots, T...>;
  using Run = DeviceRun<Storage, P...>;
  using Job = DeviceJob<Optimizer, Set, Run, P...>;
  using Draws = decltype(backend::device_draws<L>(std::declval<const Pack<P...>&>()));

  template <class Observer>
  static constexpr bool may_report = !std::same_as<Observer, NoObserver> || (ObservingPolicy<P> || ...);

 public:
  explicit DeviceSteps(State& state) { scene_.state = &state; }
  ~DeviceSteps() override { finish(); }

  /// The steps of a state, made if it had none or others.
  static DeviceSteps& of(State& state) {
    std::unique_ptr<Running>& running = state.scratch_.running;
    if (!running || running->kind() != &own_kind) {
      state.wait();
      running = std::make_unique<DeviceSteps>(state);
    }
    return static_cast<DeviceSteps&>(*running);
  }

  static constexpr char own_kind = 0;
  const void* kind() const override { return &own_kind; }

  void finish() noexcept override {
    attempt(
        [&] {
          if (backend_) backend_->finish();
        },
        [&] {
          if (!scene_.refused) scene_.refused = std::current_exception();
        });
  }
  void wait() override {
    finish();
    scene_.has_refused = false;
    if (scene_.refused) std::rethrow_exception(std::exchange(scene_.refused, nullptr));
  }

  /// Requests one step. `bound` identifies a list of leaves that stays as it is; 0 for any other list.
  template <class Observer>
  void step(const Optimizer& optimizer, std::span<const Leaf> leaves, std::uint64_t bound, State& state, double value,
            bool down, const Backend& backend, const Observer& observer) {
    Asks::check();
    if (scene_.has_refused) wait();
    if (scene_.state != &state) scene_.state = &state;  // the state was moved, while no step was in flight
    backend_ = backend;
    list(leaves, bound);
    const bool report = reports(optimizer, observer), captured = backend.capturing();
    if constexpr (Plan::read_passes == 0 && L::emits == 0 && !Run::gathering)
      if (!report && !captured && even_) return launch(optimizer, value, down);
    Job& job = jobs_.take(scene_, captured, even_, Plan::read_passes + L::emits != 0 || report);
    job.optimizer = captured ? &optimizer : &job.copy.emplace(optimizer);
    job.value = value, job.down = down, job.report = report;
    attempt([&] { ask<may_report<Observer>>(job); },
            [&] {  // the device failed; what was asked of it is gone
              finish(), job.done = true;
              std::rethrow_exception(std::current_exception());
            });
    if (report) tell(job, observer);
  }

 private:
  void list(std::span<const Leaf> leaves, std::uint64_t bound) {
    State& state = *scene_.state;
    if (bound == 0 || bound != listed_) {
      Run::check_present(leaves, state);
      scene_.set.list(
          leaves, *backend_, state.memory_.space(),
          [&](std::size_t l, std::size_t s) { return state.template at<void>(l, s); }, [&] { jobs_.wait(); });
      listed_ = bound;
    }
    even_ = Run::alike && scene_.set.all_present() && state.clocks_.make_even();
    if (!even_ && !state.clocks_.is_uneven()) jobs_.wait(), state.clocks_.make_uneven();
  }

  // A step without anything to measure.
  void launch(const Optimizer& optimizer, double value, bool down) {
    jobs_.wait();
    const Pack<P...>& policies = optimizer.in_step(scene_.state->instant(value, down), typename Set::Types{});
    Run run(policies, *scene_.state, value, down);
    run.check_value();
    scene_.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
      using E = typename R::Element;
      if (leaves.rows().empty()) return;
      const auto scalar = run.template scalars<E>(0);
      backend::DeviceScalars<arithmetic_t<E>, L::scalars> scalars{.own_step = run.count()};
      repeat<L::scalars>([&](std::size_t k) { scalars.own[k] = scalar[k]; });
      sweep<typename Plan::Update>(leaves.table(), scalars, Control::steps, down, backend::device_draws<L>(policies));
    });
    run.commit(true, [](auto) {});
  }

  template <class Chain, class R, class S>
  void sweep(const backend::DeviceTable<R>& table, const S& scalars, std::uint32_t mode, bool down, Draws draws) {
    backend_->for_each(table.tiles * backend::Tiling::threads,
                       backend::DeviceSweep<Chain, R, Draws>{table, scalars, mode, down, draws}, "a step");
  }

  template <bool MayReport>
  void ask(Job& job) {
    const bool looks = Plan::shared_reads != 0 || job.report;
    look_at_gradient<MayReport>(job);
    if constexpr (Asks::own_passes == 0) {
      looks ? host<true, &Job::begin, &Job::took_incoming, &Job::end>(job) : host<true, &Job::begin, &Job::end>(job);
    } else {
      looks ? host<false, &Job::begin, &Job::took_incoming>(job) : host<false, &Job::begin>(job);
      repeat<L::looking.size()>([&](auto k) { ask_own_pass<L::looking[k]>(job); });
      if constexpr (L::emits != 0) measure<typename Asks::OfEmitted>(job), host<false, &Job::took_emitted>(job);
      host<true, &Job::end>(job);
    }
    if constexpr (Run::gathering) sweep_staged<typename Plan::Gather>(job, Control::gathers);
    sweep_staged<typename Plan::Update>(job, Control::steps);
  }

  template <bool MayReport>
  void look_at_gradient(Job& job) {
    if constexpr (MayReport)
      if (job.report) return measure<typename Asks::template Incoming<true>>(job);
    if constexpr (Plan::shared_reads != 0) measure<typename Asks::template Incoming<false>>(job);
  }

  template <std::size_t I>
  void ask_own_pass(Job& job) {
    if constexpr (HasSums<typename L::template policy<I>>) {
      measure<typename Asks::template OfSums<I>>(job);
      host<false, &Job::template took_sums<I>>(job);
    } else if constexpr (!Plan::template Received<I>::raw) {
      measure<typename Asks::template OfNorm<I>>(job);
      host<false, &Job::template took_norm<I>>(job);
    }
  }

  template <class Chain>
  void sweep_staged(const Job& job, Control::Mode mode) {
    const Draws draws = backend::device_draws<L>(job.optimizer->in_step({}, typename Set::Types{}));
    scene_.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      if (!leaves.rows().empty()) sweep<Chain>(leaves.table(), staged<R>(t), mode, job.down, draws);
    });
  }

  template <class R>
  backend::DeviceScalars<arithmetic_t<typename R::Element>, L::scalars> staged(std::size_t type) {
    return {{}, reinterpret_cast<const Control*>(jobs_.said() + scene_.said_at[type])};
  }

  template <class Ask>
  void measure(Job& job) {
    const auto& policies = job.optimizer->in_step({}, typename Set::Types{});
    const Draws draws = backend::device_draws<L>(policies);
    scene_.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      using Trees = backend::DeviceTrees;
      constexpr std::size_t count = Ask::template count<E>;
      const std::size_t blocks = leaves.table().blocks(Ask::by_leaf);
      if (blocks == 0) return;
      backend::DeviceLanes<typename Ask::Chain, R, count, Draws> lane{
          leaves.table(), staged<R>(t), {}, jobs_.lanes(), blocks, job.down, Ask::by_leaf, draws};
      Ask::template fill<E>(policies, lane.reduction);
      backend_->for_each(blocks * lane.threads, lane, "a norm or a sum");
      const DeviceResult result = job.result(t, Ask::by_leaf);
      for (std::size_t k = 0; k < count; ++k) {
        double* out = const_cast<double*>(result.value) + k * result.count;
        double* all = result.trees != 0 ? jobs_.blocks() : out;
        backend_->for_each(blocks,
                           backend::DeviceBlocks{jobs_.lanes() + k * blocks * norm_lanes, all, lane.reduction[k]},
                           "a norm or a sum");
        if (result.trees != 0)
          backend_->for_each(result.count, Trees{all, out, result.trees, lane.reduction[k]}, "a norm or a sum");
      }
    });
  }

  // Calls parts of a job in the stream, and sends what they say to the device.
  template <bool last, void (Job::*... part)()>
  void host(Job& job) {
    backend_->host(
        [](void* with) {
          Job& it = *static_cast<Job*>(with);
          attempt([&] { ((it.*part)(), ...); }, [&] { it.refuse_later(); });
          if constexpr (last) it.done = true, it.done.notify_all();
        },
        &job);
    backend_->copy(jobs_.said(), job.said.data(), job.said.size());
  }

  template <class Observer>
  bool reports(const Optimizer& optimizer, const Observer& observer) {
    if constexpr (!may_report<Observer>) return false;
    wait();
    const std::int64_t step = scene_.state->step() + 1;
    bool wanted = observer.wants(step);
    StepScalars<P...>{optimizer.in_step({step}, typename Set::Types{})}.template for_each<L::observers>(
        [&](const auto& policy, auto) { wanted |= policy.wants(step); });
    return wanted;
  }

  template <class Observer>
  void tell(const Job& job, const Observer& observer) {
    wait();
    if (job.mode != Control::steps) return;
    const Report report{scene_.state->clocks_.count(), job.rate, job.gradient_norm};
    StepScalars<P...>{*job.policies}.template for_each<L::observers>([&](const auto& policy, auto) {
      if (policy.wants(report.step)) policy.report(report);
    });
    if (observer.wants(report.step)) observer.report(report);
  }

  DeviceScene<Set> scene_;
  std::optional<Backend> backend_;
  std::uint64_t listed_ = 0;
  bool even_ = false;
  DeviceJobs<Job> jobs_;
};

}  // namespace gradus
