// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/blocks.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/plan.hpp>
#include <gradus/compose/state.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/norm_meter.hpp>
#include <gradus/core/one_sweep_norm.hpp>
#include <gradus/core/report.hpp>
#include <gradus/parameters/elements.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace gradus {

/// One step of a composition over listed leaves: what looks first, the pass that writes, the counters. Everything that
/// can be refused is refused before the first write; from there on nothing throws.
template <class Backend, bool Negate, class Storage, class... P>
class Run {
  using Plan = gradus::Plan<P...>;
  using L = Layout<P...>;
  using Scalars = StepScalars<P...>;
  using Clock = typename Scalars::Clock;
  using Meter = NormMeter<Backend>;

 public:
  Run(const std::tuple<P...>& policies, State& state)
      : scalars_{policies}, state_(state), next_run_(scalars_.next_run(clock(0), norms_)) {}

  /// Whether somebody wants a report of this step.
  template <class Observer>
  bool reports(const Observer& observer) const {
    bool wanted = observer.wants(count());
    scalars_.template for_each<L::observers>([&](const auto& policy, auto) { wanted |= policy.wants(count()); });
    return wanted;
  }

  /// A step without a report, of leaves that all have a gradient and lie in one piece: next to nothing stands around
  /// the loop.
  template <class... T>
  void step(std::span<const Leaf> leaves, Elements<T...> elements) {
    constexpr Access in_one_piece{.in_one_piece = true};
    if (look_first<true>(leaves, elements)) write<in_one_piece>(leaves, elements), commit();
  }

  /// Any step. `observer.report(report)` is called where `observer.wants(step)` says so.
  template <class... T, class Observer>
  void step(std::span<const Leaf> leaves, Elements<T...> elements, const Observer& observer) {
    if (!look_first<false>(leaves, elements)) return;
    if constexpr (may_report<Observer>)
      if (reports(observer)) return write_and_report(leaves, elements, observer);
    write<Access{}>(leaves, elements), commit();
  }

 private:
  /// Whether a step of this composition can ever be reported to somebody.
  template <class Observer>
  static constexpr bool may_report = !std::same_as<Observer, NoObserver> || (ObservingPolicy<P> || ...);

  /// The incoming gradient is measured while it is at hand.
  template <class... T, class Observer>
  void write_and_report(std::span<const Leaf> leaves, Elements<T...> elements, const Observer& observer) {
    OneSweepNorm<Backend> norm;
    write<Access{.in_blocks = true}>(leaves, elements, &norm);
    const Report report{count(), scalars_.rate({clock(0), next_run_.data()}), norm.value()};
    commit();
    scalars_.template for_each<L::observers>([&](const auto& policy, auto) {
      if (policy.wants(report.step)) policy.report(report);
    });
    if (observer.wants(report.step)) observer.report(report);
  }

  /// The number of this step.
  std::int64_t count() const { return static_cast<std::int64_t>(next_run_[0]); }

  /// The read-only passes. False if the step is to be skipped.
  template <bool InOnePiece, class... T>
  bool look_first(std::span<const Leaf> leaves, Elements<T...> elements) {
    if constexpr (Plan::read_passes != 0) {
      Meter meter[L::norms == 0 ? 1 : L::norms];
      scalars_.template for_each<L::measuring>(
          [&](const auto& policy, auto i) { meter[L::norm[i]].start(policy.norm_order()); });
      if constexpr (Plan::shared_reads != 0)
        if (!look_at_gradient<InOnePiece>(leaves, elements, meter)) return false;
      scalars_.template for_each<L::measuring>([&](const auto&, auto i) {
        Meter& mine = meter[L::norm[i]];
        if (!Plan::template Received<i>::raw) sweep_received<InOnePiece, i>(leaves, elements, mine);
        std::optional<Norm> norm = mine.end();
        if (!norm) [[unlikely]]
          norm = sweep_again<i>(leaves, elements, mine);
        norms_[L::norm[i]] = *norm;
      });
      if constexpr (Scalars::template keeps<Scalars::Of::run> && L::norms != 0)
        next_run_ = scalars_.next_run(clock(0), norms_);
    }
    return true;
  }

  /// The pass that all share who look at the incoming gradient as it is. False if the step is to be skipped.
  template <bool InOnePiece, class... T>
  bool look_at_gradient(std::span<const Leaf> leaves, Elements<T...> elements, Meter* meter) {
    std::optional<NonFinite> found;
    const auto look = [&](const auto* x, std::size_t size, std::size_t first, std::size_t l) {
      if constexpr (Plan::guarded)
        if (!found) found = first_non_finite(x, size, first, l);
      scalars_.template for_each<L::measuring>([&](const auto&, auto i) {
        if constexpr (Plan::template Received<i>::raw) meter[L::norm[i]].add(x, size);
      });
    };
    for_each_gradient_block<InOnePiece>(leaves, elements, look);
    if (!found) return true;
    scalars_.template for_each<L::guards>([&](const auto& policy, auto) { policy.found(*found); });
    ++state_.skipped_[0], ++state_.skipped_[1];
    return false;
  }

  template <class E>
  std::optional<NonFinite> first_non_finite(const E* x, std::size_t size, std::size_t first, std::size_t l) const {
    if (Backend::largest(x, size) < infinity_bits<E>) return {};
    const auto at = static_cast<std::size_t>(std::find_if_not(x, x + size, is_finite<E>) - x);
    return NonFinite{state_.leaves_[l].name, first + at, static_cast<double>(x[at]), state_.skipped_in_a_row() + 1};
  }

  /// f(gradient, size, first, leaf) for every block of every leaf.
  template <bool InOnePiece, class... T, class F>
  void for_each_gradient_block(std::span<const Leaf> leaves, Elements<T...> elements, F f) {
    for_each_typed<InOnePiece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      constexpr Access only_gradient{
          .parameter = false, .write = false, .in_blocks = Plan::guarded, .in_one_piece = InOnePiece};
      for_each_block<only_gradient>(leaf, streams<E>(l), [&](const auto& at, std::size_t size, std::size_t first) {
        f(at.gradient, size, first, l);
      });
    });
  }

  /// Feeds a meter with what policy I receives, recomputed.
  template <bool InOnePiece, std::size_t I, class... T>
  void sweep_received(std::span<const Leaf> leaves, Elements<T...> elements, Meter& meter) {
    using Chain = typename Plan::template Received<I>;
    if constexpr (Chain::raw) {
      for_each_gradient_block<InOnePiece>(
          leaves, elements, [&](const auto* x, std::size_t size, std::size_t, std::size_t) { meter.add(x, size); });
    } else {
      for_each_typed<InOnePiece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
        constexpr Access access{
            .parameter = Chain::reads_parameter, .write = false, .in_blocks = true, .in_one_piece = InOnePiece};
        const auto scalar = scalars<E>(l, next_leaf(l));
        for_each_block<access>(leaf, streams<E>(l), [&](auto at, std::size_t size, std::size_t) {
          alignas(64) E received[block_size];
          at.out = received;
          sweep<Chain>(at, size, scalar.data());
          meter.add(received, size);
        });
      });
    }
  }

  template <std::size_t I, class... T>
  [[gnu::noinline]] Norm sweep_again(std::span<const Leaf> leaves, Elements<T...> elements, Meter& meter) {
    return meter.measure([&] { sweep_received<false, I>(leaves, elements, meter); });
  }

  /// The pass that writes, and the leaves' clocks. A norm that is to be reported is fed the incoming gradient.
  template <Access access, class... T>
  void write(std::span<const Leaf> leaves, Elements<T...> elements,
             [[maybe_unused]] OneSweepNorm<Backend>* norm = nullptr) {
    for_each_typed<access.in_one_piece>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      const Clock now = next_leaf(l);
      const auto scalar = scalars<E>(l, now);
      for_each_block<access>(leaf, streams<E>(l), [&](const auto& at, std::size_t size, std::size_t) {
        if constexpr (access.in_blocks) norm->add(at.gradient, size);
        if constexpr (access.in_one_piece)
          Backend::template run<typename Plan::Update, Negate>(at, size, scalar.data());
        else sweep<typename Plan::Update>(at, size, scalar.data());
      });
      store(1 + l, now);
    });
  }

  // A chain's loop, once, for all who reach it in blocks.
  template <class Chain, class E, class Stored>
  [[gnu::noinline]] static void sweep(const Streams<E, Stored, L::slots>& at, std::size_t size, const E* scalar) {
    Backend::template run<Chain, Negate>(at, size, scalar);
  }

  // A row of the state's clocks; how long one is, this composition knows.
  double* clock(std::size_t row) const { return state_.clocks_.data() + row * Scalars::clock_size; }

  Clock next_leaf(std::size_t l) const {
    return scalars_.next_leaf({clock(0), next_run_.data()}, clock(1 + l), norms_);
  }

  void store(std::size_t row, const Clock& now) {
    double* to = clock(row);
    repeat<Scalars::clock_size>([&](auto k) { to[k] = now[k]; });
  }

  void commit() {
    store(0, next_run_);
    if constexpr (Plan::guarded) state_.skipped_[1] = 0;
  }

  /// The leaf's scalars, rounded once to its element type.
  template <class E>
  std::array<E, L::scalars + 1> scalars(std::size_t l, const Clock& now) const {
    const auto value = scalars_.at({clock(0), next_run_.data()}, {clock(1 + l), now.data()}, norms_);
    std::array<E, L::scalars + 1> rounded;
    repeat<L::scalars + 1>([&](auto k) { rounded[k] = static_cast<E>(value[k]); });
    return rounded;
  }

  template <class E>
  auto streams(std::size_t l) const {
    using Stored = typename Storage::template slot<E>;
    Streams<E, Stored, L::slots> at;
    for (std::size_t s = 0; s < L::slots; ++s) at.slot[s] = state_.at<Stored>(l, s);
    return at;
  }

  /// f(leaf, number, E*) with the leaf's element type E, for every leaf that has a gradient.
  template <bool AllPresent, class... T, class F>
  static void for_each_typed(std::span<const Leaf> leaves, Elements<T...>, F f) {
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      [[maybe_unused]] const auto if_of = [&]<class E>(E* type) {
        if (sizeof...(T) == 1 || leaves[l].element == &element_type<E>) f(leaves[l], l, type);
      };
      if (AllPresent || !leaves[l].absent) (if_of(static_cast<T*>(nullptr)), ...);
    }
  }

  Scalars scalars_;
  State& state_;
  Norm norms_[L::norms + 1]{};
  Clock next_run_;
};

}  // namespace gradus
