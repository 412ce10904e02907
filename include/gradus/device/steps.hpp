// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/report.hpp>
#include <gradus/core/running.hpp>
#include <gradus/device/queue.hpp>
#include <gradus/parameters/elements.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// The steps of one composition on a device for one state. If nothing has to be measured first, a step is one launch
/// per element type, with its scalars in the kernel's arguments. Else, and always in a graph, the host's part
/// (`DeviceJob`) is called in the stream between launches, and what it says lies in the device's memory.
template <class Optimizer, class Backend, class Storage, class Types, class Policies>
class DeviceSteps;

template <class Optimizer, class Backend, class Storage, class... T, class... P>
class DeviceSteps<Optimizer, Backend, Storage, Elements<T...>, Pack<P...>> final : public Running {
  using Plan = detail::Plan<P...>;
  using L = Layout<P...>;
  using Set = DeviceSet<Storage, L::slots, T...>;
  using Run = DeviceRun<Storage, P...>;
  using Job = DeviceJob<Optimizer, Set, Run, P...>;

 public:
  explicit DeviceSteps(Kept& state) { queue_.scene.state = &state; }
  ~DeviceSteps() override { finish(); }

  /// The steps of a state, made if it had none or others.
  static DeviceSteps& of(Kept& state) {
    std::unique_ptr<Running>& running = state.scratch.running;
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
          if (queue_.on) queue_.on->finish();
        },
        [&] {
          if (!queue_.scene.refused) queue_.scene.refused = std::current_exception();
        });
  }
  void wait() override {
    finish();
    queue_.scene.has_refused = false;
    if (queue_.scene.refused) std::rethrow_exception(std::exchange(queue_.scene.refused, nullptr));
  }

  /// Requests one step. `bound` identifies a list of leaves that stays as it is; 0 for any other list.
  template <class Observer>
  void step(const Optimizer& optimizer, std::span<const Leaf> leaves, std::uint64_t bound, Kept& state, double value,
            bool down, const Backend& backend, const Observer& observer) {
    constexpr bool plain = std::is_trivially_copyable_v<typename Job::Draws>;
    static_assert(
        plain, "gradus: a policy that draws numbers is copied to the device's memory; let it keep nothing but numbers");
    if (Plan::settles && backend.capturing()) refuse_capture();
    if (queue_.scene.has_refused) wait();
    if (queue_.scene.state != &state) queue_.scene.state = &state;  // the state was moved, while no step was in flight
    queue_.on = backend;
    list(leaves, bound);
    const bool report = reports(optimizer, observer), captured = backend.capturing();
    if constexpr (Plan::read_passes == 0 && L::emits == 0 && !Run::gathering)
      if (!report && !captured && even_) return launch(optimizer, value, down);
    Job& job = queue_.jobs.take(queue_.scene, captured, even_, Plan::read_passes + L::emits != 0 || report);
    job.value = value, job.down = down, job.report = report;
    attempt(
        [&] {
          job.optimizer = captured ? &optimizer : &job.copy.emplace(optimizer);
          queue_.template ask<Run::template may_report<Observer>>(job);
          if (captured) queue_.scene.set.for_each([](auto& of_type, std::size_t) { of_type.capture(); });
        },
        [&] {  // the optimizer cannot be copied, or the device failed; what was queued of this step is lost
          if (!captured) finish();
          job.done = true;
          std::rethrow_exception(std::current_exception());
        });
    if (report) tell(job, observer);
  }

 private:
  void list(std::span<const Leaf> leaves, std::uint64_t bound) {
    Kept& state = *queue_.scene.state;
    if (bound == 0 || bound != listed_) {
      Run::check_present(leaves, state);
      listed_ = 0;
      queue_.scene.set.list(
          leaves, *queue_.on, state.memory.space(),
          [&](std::size_t l, std::size_t s) { return state.template at<void>(l, s); }, [&] { queue_.jobs.wait(); });
      listed_ = bound;
    }
    even_ = Run::alike && queue_.scene.set.all_present() && state.clocks.make_even();
    if (!even_ && !state.clocks.is_uneven()) queue_.jobs.wait(), state.clocks.make_uneven();
  }

  // A step without anything to measure.
  void launch(const Optimizer& optimizer, double value, bool down) {
    queue_.jobs.wait();
    const Pack<P...>& policies = optimizer.in_step(queue_.scene.state->instant(value, down), typename Set::Types{});
    Run run(policies, *queue_.scene.state, value, down);
    run.check_value();
    queue_.scene.set.for_each([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
      using E = typename R::Element;
      if (leaves.rows().empty()) return;
      const auto scalar = run.template scalars<E>(0);
      typename Job::template DeviceScalars<E> scalars{.own_step = run.count(),
                                                      .own_draws = backend::device_draws<L>(policies)};
      repeat<L::scalars>([&](std::size_t k) { scalars.own[k] = scalar[k]; });
      queue_.update(leaves, scalars, down);
    });
    run.commit(true, [](auto) {});
  }

  [[noreturn, gnu::noinline]] static void refuse_capture() {
    refuse({"a step with Simplex or L1Ball waits for sums until they settle, which a graph cannot; take it outside"});
  }

  template <class Observer>
  bool reports(const Optimizer& optimizer, const Observer& observer) {
    if constexpr (!Run::template may_report<Observer>) return false;
    wait();
    const std::int64_t step = queue_.scene.state->clocks.count() + 1;
    return Run::reports(optimizer.in_step({step}, typename Set::Types{}), step, observer);
  }

  template <class Observer>
  void tell(const Job& job, const Observer& observer) {
    wait();
    if (job.mode != Job::Control::steps) return;
    const Report report{queue_.scene.state->clocks.count(), job.rate, job.gradient_norm};
    Run::send(*job.policies, report, observer);
  }

  DeviceQueue<Backend, Job> queue_;
  std::uint64_t listed_ = 0;
  bool even_ = false;
};

}  // namespace gradus::detail
