// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/device_run.hpp>
#include <gradus/compose/parts.hpp>
#include <gradus/core/running.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// The steps that one composition asks of a device for one state. Where nothing has to be measured first, a step is one
/// launch, with its scalars in the kernel's arguments. Else the host's part (`Job`) is called in the stream between the
/// launches, and what it says lies in the device's memory; so it is too where steps are captured into a graph.
template <class Optimizer, class Backend, bool Negate, class Storage, class Types, class Policies>
class DeviceSteps;

template <class Optimizer, class Backend, bool Negate, class Storage, class... T, class... P>
class DeviceSteps<Optimizer, Backend, Negate, Storage, Elements<T...>, std::tuple<P...>> final : public Running {
 public:
  using Run = DeviceRun<Backend, Negate, Storage, P...>;
  using Plan = gradus::Plan<P...>;
  using L = Layout<P...>;
  using Control = backend::DeviceControl;
  using Reduction = backend::Reduction;

  explicit DeviceSteps(State& state) : state_(&state) {}
  ~DeviceSteps() override { finish(); }

  static constexpr char own_kind = 0;
  const void* kind() const override { return &own_kind; }

  void finish() noexcept override {
    try {
      if (backend_) backend_->finish();
    } catch (...) {
      if (!refused_) refused_ = std::current_exception();
    }
  }
  void wait() override {
    finish();
    has_refused_ = false;
    if (refused_) std::rethrow_exception(std::exchange(refused_, nullptr));
  }

  /// Whether somebody wants a report of the next step. Waits for the steps before.
  template <class Observer>
  bool reports(const Optimizer& optimizer, const Observer& observer) {
    if constexpr (std::same_as<Observer, NoObserver> && !(ObservingPolicy<P> || ...)) return false;
    wait();
    const std::int64_t step = state_->step() + 1;
    bool wanted = observer.wants(step);
    Scalars{optimizer.in_step(step, Elements<T...>{})}.template for_each<L::observers>(
        [&](const auto& policy, auto) { wanted |= policy.wants(step); });
    return wanted;
  }

  /// Asks for one step. `bound` is a number of leaves that were listed for good, or 0.
  template <class Observer>
  void step(const Optimizer& optimizer, std::span<const Leaf> leaves, std::uint64_t bound, State& state, double value,
            const Backend& backend, const Observer& observer) {
    static_assert(!(SettlingPolicy<P> || ...),
                  "gradus: this composition sums until a number settles (Simplex, L1Ball), which a device cannot wait "
                  "for; step it on the host");
    static_assert(!(DrawingPolicy<P> || ...),
                  "gradus: this composition draws its numbers on the host (Noise, Langevin), and a device has none; "
                  "step it on the host, or add the noise to the gradient");
    if (has_refused_) wait();
    state_ = &state, backend_ = backend;
    list(leaves, bound);
    const bool report = reports(optimizer, observer), captured = backend.capturing();
    if (!looks && !Run::gathering && !report && !captured && even_) {
      for (const auto& job : jobs_)
        if (!job->done) finish();
      return launch_now(optimizer, value);
    }
    Job& job = take_job(optimizer, value, captured, report);
    ask(job);
    if (report) tell(job, observer);
  }

 private:
  using Scalars = StepScalars<P...>;
  static constexpr bool looks = Plan::read_passes != 0 || L::emits != 0;
  static constexpr std::size_t types = sizeof...(T);

  template <class E>
  using Row = backend::DeviceLeaf<
      E, std::conditional_t<std::is_void_v<typename Storage::gradients>, E, typename Storage::gradients>,
      typename Storage::template slot<E>, L::slots>;

  // ---- the leaves

  void list(std::span<const Leaf> leaves, std::uint64_t bound) {
    if (bound != 0 && bound == listed_) return even_clocks();
    listed_ = bound, all_present_ = true;
    for (const Leaf& leaf : leaves) all_present_ &= !leaf.absent;
    if constexpr ((every_leaf_of<P> || ...))
      for (std::size_t l = 0; l < leaves.size(); ++l)
        if (leaves[l].absent)
          refuse(state_->leaves_[l].name + " has no gradient, and a policy of this composition takes all leaves "
                 "together; give one to every leaf");
    const auto list_type = [&]<class E>(std::type_identity<E>) {
      auto& mine = std::get<DeviceLeaves<Row<E>>>(leaves_);
      mine.list(leaves, *backend_, state_->memory_.space(), [&](std::size_t l, std::size_t s) {
        return state_->template at<typename Storage::template slot<E>>(l, s);
      });
    };
    (list_type(std::type_identity<T>{}), ...);
    even_clocks();
  }

  // Whether all leaves stand where the first does, and will in this step; then only its clock is moved.
  void even_clocks() {
    even_ = Run::alike && all_present_ && state_->make_even();
    if (even_ || state_->even_ == State::Even::no) return;
    finish(), state_->spread(), state_->even_ = State::Even::no;
  }

  template <class F>
  void for_each_type(F f) {
    std::size_t t = 0;
    (f(std::get<DeviceLeaves<Row<T>>>(leaves_), t++), ...);
  }

  // ---- a step without anything to measure

  void launch_now(const Optimizer& optimizer, double value) {
    const auto& policies = optimizer.in_step(state_->clock_count() + 1, Elements<T...>{});
    Run run(policies, *state_, value);
    check_value(run);
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
      using E = typename R::Element;
      if (leaves.rows().empty()) return;
      const auto scalar = run.template scalars<E>(0);
      backend::DeviceScalars<arithmetic_t<E>, L::scalars> scalars;
      repeat<L::scalars>([&](auto k) { scalars.own[k] = scalar[k]; });
      sweep<typename Plan::Update>(leaves.table(), scalars, Control::steps);
    });
    run.commit(true, [](auto) {});
  }

  static void check_value(const Run& run) {
    if constexpr ((asks_value_of<P> || ...))
      if (!is_finite(run.value()))
        refuse("the objective's value is " + text(run.value()) +
               ", and a policy of this composition steps by it; leave out the step, or mend the objective");
  }

  template <class Chain, class R, class S>
  void sweep(const backend::DeviceTable<R>& table, const S& scalars, std::uint32_t mode) {
    backend_->for_each(table.tiles * backend::Tiling::threads,
                       backend::DeviceSweep<Chain, R>{table, scalars, mode, Negate}, "a step");
  }

  // ---- a step in stages

  struct Job {
    DeviceSteps* steps = nullptr;
    std::optional<Optimizer> copy;
    const Optimizer* optimizer = nullptr;
    double value = 0;
    bool kept = false;  ///< by a graph
    bool report = false;
    bool even = false;
    std::atomic<bool> done{true};
    std::optional<std::tuple<P...>> policies;
    std::optional<Run> run;
    Control::Mode mode = Control::rests;
    Memory said;      // goes to the device: control and scalars of every type
    Memory measured;  // comes from there
    double gradient_norm = 0, rate = 1;
  };

  // One that is free; that of a graph is the graph's.
  Job& take_job(const Optimizer& optimizer, double value, bool captured, bool report) {
    constexpr std::size_t most = 64;  // on their way at once
    const auto is_free = [](const auto& job) { return !job->kept && job->done; };
    auto found = std::find_if(jobs_.begin(), jobs_.end(), is_free);
    if (found == jobs_.end() && jobs_.size() >= most && !captured) finish(), found = jobs_.begin();
    if (found == jobs_.end() || captured) found = jobs_.insert(jobs_.end(), std::make_unique<Job>());
    Job& job = **found;
    if (captured) job.optimizer = &optimizer;
    else job.optimizer = &job.copy.emplace(optimizer);
    job.steps = this, job.value = value, job.kept = captured, job.report = report, job.even = even_;
    job.done = false;
    make_room(job);
    return job;
  }

  // What no step allocates, but the first.
  void make_room(Job& job) {
    std::size_t said = 0, sums = 0;
    std::array<std::size_t, types> said_at{};
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      const std::size_t rows = even_ ? 1 : state_->leaves_.size();
      said_at[t] = said;
      said += sizeof(Control) + (rows * L::scalars * sizeof(arithmetic_t<typename R::Element>) + 15) / 16 * 16;
      sums += reductions * std::max(leaves.table().blocks(false), leaves.table().blocks(true));
    });
    const Space &device = state_->memory_.space(), &shared = Backend::shared_space();
    const auto grow = [&](Memory& memory, const Space& space, std::size_t bytes) {
      if (memory.size() < bytes) finish(), memory = Memory(space, bytes);
    };
    if (said_at_ != said_at) finish(), said_at_ = said_at;
    grow(said_, device, said), grow(job.said, shared, said);
    if (sums == 0 || !(looks || job.report)) return;
    grow(lanes_, device, sums * norm_lanes * sizeof(double));
    grow(blocks_, device, sums * sizeof(double)), grow(job.measured, shared, sums * sizeof(double));
  }

  void ask(Job& job) {
    using Self = DeviceSteps;
    const bool looks_at_gradient = Plan::shared_reads != 0 || job.report;
    if (looks_at_gradient) measure<typename Plan::Incoming>(job, incoming_reductions(job), false);
    if constexpr (own_passes == 0) {
      looks_at_gradient ? host<&Self::begin, &Self::took_incoming, &Self::end>(job)
                        : host<&Self::begin, &Self::end>(job);
    } else {
      looks_at_gradient ? host<&Self::begin, &Self::took_incoming>(job) : host<&Self::begin>(job);
      repeat<L::looking.size()>([&](auto k) { ask_own_pass<L::looking[k]>(job); });
      if constexpr (L::emits != 0) {
        measure<typename Plan::Emitted>(job, products<typename Plan::Emitted>(), false);
        host<&Self::took_emitted>(job);
      }
      host<&Self::end>(job);
    }
    if constexpr (Run::gathering) sweep_staged<typename Plan::Gather>(Control::gathers);
    sweep_staged<typename Plan::Update>(Control::steps);
  }

  template <std::size_t I>
  void ask_own_pass(Job& job) {
    using Policy = typename L::template policy<I>;
    if constexpr (HasSums<Policy>) {
      measure<typename Plan::template Terms<I>>(job, products<typename Plan::template Terms<I>>(), per_leaf_of<Policy>);
      host<&DeviceSteps::took_sums<I>>(job);
    } else if constexpr (!Plan::template Received<I>::raw) {
      measure<typename Plan::template Received<I>>(job, norm_reductions<I>(job), false);
      host<&DeviceSteps::took_norm<I>>(job);
    }
  }

  template <class Chain>
  void sweep_staged(Control::Mode mode) {
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      if (!leaves.rows().empty())
        sweep<Chain>(leaves.table(), backend::DeviceScalars<arithmetic_t<E>, L::scalars>{{}, control(t)}, mode);
    });
  }

  const Control* control(std::size_t type) const {
    return reinterpret_cast<const Control*>(said_.data() + said_at_[type]);
  }

  // Calls parts of a job in the stream, and sends what they say to the device. What one throws waits for the next call
  // that looks at the state; until then all steps rest.
  template <void (DeviceSteps::*... part)(Job&)>
  void host(Job& job) {
    backend_->host(
        [](void* with) {
          Job& it = *static_cast<Job*>(with);
          try {
            ((it.steps->*part)(it), ...);
          } catch (...) {
            it.steps->refuse_later(it);
          }
        },
        &job);
    backend_->copy(said_.data(), job.said.data(), job.said.size());
  }

  void refuse_later(Job& job) {
    if (!refused_) refused_ = std::current_exception();
    job.mode = Control::rests, job.done = true, has_refused_ = true;
    for (std::size_t t = 0; t < types; ++t) *reinterpret_cast<Control*>(job.said.data() + said_at_[t]) = {};
  }

  // ---- the host's parts, called in the stream

  void begin(Job& job) {
    job.policies.emplace(job.optimizer->in_step(state_->clock_count() + 1, Elements<T...>{}));
    job.run.emplace(*job.policies, *state_, job.value);
    job.mode = has_refused_ ? Control::rests : job.run->mode();
    say(job);
  }

  void took_incoming(Job& job) {
    if constexpr (Plan::guarded) guard(job);
    if (job.mode != Control::steps) return say(job);
    repeat<L::measuring.size()>([&](auto k) {
      constexpr std::size_t i = L::measuring[k];
      if constexpr (Plan::template Received<i>::raw) job.run->template take_norm<i>(norm<i>(job, incoming_at(k)));
    });
    if (job.report) job.gradient_norm = norm_of(job, 2, incoming_at(raw_norms)).value();
    say(job);
  }

  template <std::size_t I>
  void took_norm(Job& job) {
    job.run->template take_norm<I>(norm<I>(job, {}));
    say(job);
  }

  template <std::size_t I>
  void took_sums(Job& job) {
    using Policy = typename L::template policy<I>;
    for (std::size_t k = 0; k < sum_count<Policy>; ++k) {
      if constexpr (!per_leaf_of<Policy>) job.run->template sums<I>(0)[k] = 0;
      for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
        const DeviceResult all = result(job, t, per_leaf_of<Policy>);
        if constexpr (per_leaf_of<Policy>)
          for (const R& row : leaves.rows()) {
            const std::size_t first = row.begin[1] / norm_block, count = (row.size + norm_block - 1) / norm_block;
            job.run->template sums<I>(row.number)[k] = all.sum(k, first, count, row.size);
          }
        else job.run->template sums<I>(0)[k] += all.sum(k);
      });
    }
    job.run->follow();
    say(job);
  }

  void took_emitted(Job& job) {
    for (std::size_t k = 0; k < L::emits; ++k) {
      job.run->emitted()[k] = 0;
      for (std::size_t t = 0; t < types; ++t) job.run->emitted()[k] += result(job, t, false).sum(k);
    }
  }

  void end(Job& job) {
    if (job.mode == Control::steps) {
      check_value(*job.run);
      say(job);
      job.rate = job.run->rate();
      job.run->commit(job.even, [&](auto f) {
        for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t) {
          for (const R& row : leaves.rows()) f(row.number);
        });
      });
    } else if (job.mode == Control::gathers) {
      job.run->commit_gathered();
    }
    job.done = true;
  }

  // The mode, and the scalars as they follow from what is known by now.
  void say(Job& job) {
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      std::byte* to = job.said.data() + said_at_[t];
      const std::uint32_t stride = job.even ? 0 : L::scalars;
      *reinterpret_cast<Control*>(to) = {job.mode, stride};
      auto* scalar = reinterpret_cast<arithmetic_t<E>*>(to + sizeof(Control));
      for (const R& row : leaves.rows()) {
        const auto mine = job.run->template scalars<E>(job.even ? 0 : row.number);
        std::copy_n(mine.begin(), L::scalars, scalar + std::size_t{row.number} * stride);
        if (job.even) break;
      }
    });
  }

  // The first element that is no number, in the order of the leaves.
  void guard(Job& job) {
    std::optional<NonFinite> first;
    std::uint32_t of = 0;
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      const auto key = std::bit_cast<std::uint64_t>(result(job, t, false).extreme(0, {Reduction::non_finite}));
      if (key == ~std::uint64_t{0}) return;
      const auto row = std::prev(std::partition_point(leaves.rows().begin(), leaves.rows().end(),
                                                      [&](const R& r) { return r.begin[0] <= key / 4; }));
      if (first && of < row->number) return;
      constexpr double infinity = std::numeric_limits<double>::infinity();
      const double values[]{std::numeric_limits<double>::quiet_NaN(), infinity, -infinity};
      of = row->number;
      first = {state_->leaves_[of].name, static_cast<std::size_t>(key / 4) - row->begin[0], values[key % 4],
               static_cast<std::int64_t>(state_->skipped_[1]) + 1};
    });
    if (!first) return;
    job.mode = Control::rests;
    job.run->found(*first);
  }

  // ---- what is measured

  static constexpr std::size_t own_passes = Plan::read_passes - Plan::shared_reads + (L::emits != 0);
  static constexpr std::size_t most_for_norm = 3;
  static constexpr std::size_t reductions =
      std::max({std::size_t{Plan::guarded} + (L::norms + 1) * most_for_norm, L::sums + 1, L::emits + 1});
  static constexpr std::size_t raw_norms = L::measuring.size();

  /// What is asked of a chain, for each type of element.
  struct Asked {
    std::size_t count = 0;
    Reduction how[reductions]{};
  };
  // Where a norm begins among the reductions of the incoming gradient, for either size of element.
  struct At {
    std::size_t of_float = 0, of_double = 0;
    template <class E>
    std::size_t of() const {
      return DeviceNorm::reductions<E> == 1 ? of_float : of_double;
    }
  };
  static constexpr At incoming_at(std::size_t norm) {
    return {std::size_t{Plan::guarded} + norm, std::size_t{Plan::guarded} + most_for_norm * norm};
  }

  auto incoming_reductions(const Job& job) const {
    return [&job]<class E>(std::type_identity<E>) {
      Asked asked;
      if constexpr (Plan::guarded) asked.how[asked.count++] = {Reduction::non_finite, 1};
      for (std::size_t k = 0; k < raw_norms; ++k, asked.count += DeviceNorm::reductions<E>)
        DeviceNorm{orders(*job.optimizer)[k]}.template ask<E>(asked.how + asked.count);
      if (job.report) DeviceNorm{}.template ask<E>(asked.how + asked.count), asked.count += DeviceNorm::reductions<E>;
      return asked;
    };
  }
  template <std::size_t I>
  auto norm_reductions(const Job& job) const {
    return [order = order_of<I>(*job.optimizer)]<class E>(std::type_identity<E>) {
      Asked asked{DeviceNorm::reductions<E>};
      DeviceNorm{order}.template ask<E>(asked.how);
      return asked;
    };
  }
  template <class Chain>
  static auto products() {
    return []<class E>(std::type_identity<E>) {
      Asked asked{Chain::measured.count / 2};
      for (Reduction& how : asked.how) how = {Reduction::products, 1};
      return asked;
    };
  }

  template <class Chain, class Reductions>
  void measure(Job& job, const Reductions& of_type, bool by_leaf) {
    double *lanes = reinterpret_cast<double*>(lanes_.data()), *blocks = reinterpret_cast<double*>(blocks_.data());
    for_each_type([&]<class R>(const DeviceLeaves<R>& leaves, std::size_t t) {
      using E = typename R::Element;
      if (leaves.rows().empty()) return;
      const auto& table = leaves.table();
      const Asked asked = of_type(std::type_identity<E>{});
      const std::size_t count = table.blocks(by_leaf);
      double* mine = blocks + result_at(t, by_leaf);
      backend::DeviceLanes<Chain, R, reductions> lane{table, {{}, control(t)}, {}, lanes, count, Negate, by_leaf};
      std::copy_n(asked.how, reductions, lane.reduction);
      lane.count = asked.count;
      backend_->for_each(count * norm_lanes, lane, "what is measured before a step");
      for (std::size_t k = 0; k < asked.count; ++k)
        backend_->for_each(count,
                           backend::DeviceBlocks{lanes + k * count * norm_lanes, mine + k * count, asked.how[k]},
                           "what is measured before a step");
    });
    backend_->copy(job.measured.data(), blocks, job.measured.size());
  }

  std::size_t result_at(std::size_t type, bool by_leaf) {
    std::size_t at = 0;
    for_each_type([&](const auto& leaves, std::size_t t) {
      if (t < type) at += reductions * leaves.table().blocks(by_leaf);
    });
    return at;
  }
  DeviceResult result(Job& job, std::size_t type, bool by_leaf) {
    DeviceResult found;
    for_each_type([&](const auto& leaves, std::size_t t) {
      if (t == type)
        found = {reinterpret_cast<const double*>(job.measured.data()) + result_at(type, by_leaf),
                 leaves.table().blocks(by_leaf), leaves.table().size[by_leaf]};
    });
    return found;
  }

  Norm norm_of(Job& job, double order, At at) {
    DeviceNorm norm{order};
    for_each_type([&]<class R>(const DeviceLeaves<R>&, std::size_t t) {
      using E = typename R::Element;
      norm.template add<E>(result(job, t, false), at.template of<E>());
    });
    return norm.value();
  }
  template <std::size_t I>
  Norm norm(Job& job, At at) {
    return norm_of(job, order_of<I>(*job.optimizer), at);
  }

  // Of the norm that policy I asks for; whatever follows a schedule, an order does not.
  template <std::size_t I>
  static double order_of(const Optimizer& optimizer) {
    const auto& policy = std::get<I>(optimizer.policies());
    double order = 2;
    if constexpr (requires { policy.norm_order(); }) order = policy.norm_order();
    else order = policy.policy.norm_order();
    DeviceNorm::check(order);
    return order;
  }
  static std::array<double, raw_norms + 1> orders(const Optimizer& optimizer) {
    std::array<double, raw_norms + 1> all{};
    repeat<raw_norms>([&](auto k) { all[k] = order_of<L::measuring[k]>(optimizer); });
    return all;
  }

  template <class Observer>
  void tell(Job& job, const Observer& observer) {
    wait();
    if (job.mode != Control::steps) return;
    const Report report{state_->clock_count(), job.rate, job.gradient_norm};
    Scalars{*job.policies}.template for_each<L::observers>([&](const auto& policy, auto) {
      if (policy.wants(report.step)) policy.report(report);
    });
    if (observer.wants(report.step)) observer.report(report);
  }

  State* state_;
  std::optional<Backend> backend_;
  std::tuple<DeviceLeaves<Row<T>>...> leaves_;
  std::uint64_t listed_ = 0;
  bool all_present_ = true, even_ = false;
  std::array<std::size_t, types> said_at_{};
  Memory said_, lanes_, blocks_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::exception_ptr refused_;
  std::atomic<bool> has_refused_{false};
};

}  // namespace gradus
