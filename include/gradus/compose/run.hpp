// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/blocks.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/plan.hpp>
#include <gradus/compose/state.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/norm_meter.hpp>
#include <gradus/core/report.hpp>
#include <gradus/parameters/elements.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace gradus {

/// One step of a composition over listed leaves: what looks first, the pass that writes, the counters. Everything that
/// can be refused is refused before the first write; from there on nothing throws.
template <class Backend, bool Negate, class... P>
class Run {
  using Plan = gradus::Plan<P...>;
  using L = Layout<P...>;
  using Scalars = StepScalars<P...>;
  using Meter = NormMeter<Backend>;

 public:
  Run(const std::tuple<P...>& policies, State& state)
      : scalars_{policies}, state_(state), next_run_(scalars_.next(state.clock(0))) {}

  /// `observe(report)` is called where `wants(step)` says so.
  template <class... T, class Observer>
  void step(std::span<const Leaf> leaves, Elements<T...> elements, const Observer& observer) {
    if (!look_first(leaves, elements)) return;

    const std::int64_t now = state_.step_ + 1;
    bool reporting = observer.wants(now);
    scalars_.for_each_policy([&](const auto& policy, auto) {
      if constexpr (ObservingPolicy<std::remove_cvref_t<decltype(policy)>>) reporting |= policy.wants(now);
    });
    if (!reporting) {
      write<false>(leaves, elements, nullptr);
      return commit(leaves);
    }
    Meter meter(2);
    write<true>(leaves, elements, &meter);
    meter.again();
    const Report report{now, scalars_.rate({state_.clock(0), next_run_.data()}), meter.norm().value()};
    commit(leaves);
    scalars_.for_each_policy([&](const auto& policy, auto) {
      if constexpr (ObservingPolicy<std::remove_cvref_t<decltype(policy)>>)
        if (policy.wants(now)) policy.report(report);
    });
    if (observer.wants(now)) observer.report(report);
  }

 private:
  /// The read-only passes. False if the step is to be skipped.
  template <class... T>
  bool look_first(std::span<const Leaf> leaves, Elements<T...> elements) {
    std::optional<Meter> meter[sizeof...(P) + 1];
    scalars_.for_each_policy([&](const auto& policy, auto i) {
      if constexpr (NormPolicy<std::remove_cvref_t<decltype(policy)>>) meter[i].emplace(policy.norm_order());
    });
    if constexpr (Plan::shared_reads != 0)
      if (!look_at_gradient(leaves, elements, meter)) return false;
    scalars_.for_each_policy([&](const auto& policy, auto i) {
      if constexpr (NormPolicy<std::remove_cvref_t<decltype(policy)>>) {
        if (!Plan::template Received<i>::raw) sweep_received<i>(leaves, elements, *meter[i]);
        while (meter[i]->again()) sweep_received<i>(leaves, elements, *meter[i]);
        norms_[i] = meter[i]->norm();
      }
    });
    return true;
  }

  /// The pass that all share who look at the incoming gradient as it is. False if the step is to be skipped.
  template <class... T>
  bool look_at_gradient(std::span<const Leaf> leaves, Elements<T...> elements, std::optional<Meter>* meter) {
    std::optional<NonFinite> found;
    for_each_gradient_block(leaves, elements, [&](const auto* x, std::size_t size, std::size_t first, std::size_t l) {
      if constexpr (Plan::guarded)
        if (!found) found = first_non_finite(x, size, first, l);
      scalars_.for_each_policy([&](const auto& policy, auto i) {
        if constexpr (NormPolicy<std::remove_cvref_t<decltype(policy)>>)
          if constexpr (Plan::template Received<i>::raw) meter[i]->add(x, size);
      });
    });
    if (!found) return true;
    scalars_.for_each_policy([&](const auto& policy, auto) {
      if constexpr (GuardPolicy<std::remove_cvref_t<decltype(policy)>>) policy.found(*found);
    });
    ++state_.skipped_, ++state_.skipped_in_a_row_;
    return false;
  }

  template <class E>
  std::optional<NonFinite> first_non_finite(const E* x, std::size_t size, std::size_t first, std::size_t l) const {
    if (Backend::largest(x, size) < infinity_bits<E>) return {};
    const auto at = static_cast<std::size_t>(std::find_if_not(x, x + size, is_finite<E>) - x);
    return NonFinite{state_.leaves_[l].name, first + at, static_cast<double>(x[at]), state_.skipped_in_a_row_ + 1};
  }

  /// f(gradient, size, first, leaf) for every block of every leaf.
  template <class... T, class F>
  void for_each_gradient_block(std::span<const Leaf> leaves, Elements<T...> elements, F f) {
    for_each_typed(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      constexpr Access only_gradient{.parameter = false, .write = false, .in_blocks = true};
      for_each_block<only_gradient>(leaf, streams<E>(l), [&](const auto& at, std::size_t size, std::size_t first) {
        f(at.gradient, size, first, l);
      });
    });
  }

  /// Feeds a meter with what policy I receives, recomputed.
  template <std::size_t I, class... T>
  void sweep_received(std::span<const Leaf> leaves, Elements<T...> elements, Meter& meter) {
    using Chain = typename Plan::template Received<I>;
    if constexpr (Chain::raw) {
      for_each_gradient_block(leaves, elements,
                              [&](const auto* x, std::size_t size, std::size_t, std::size_t) { meter.add(x, size); });
    } else {
      for_each_typed(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
        constexpr Access access{.parameter = Chain::reads_parameter, .write = false, .in_blocks = true};
        const auto scalar = scalars<E>(l);
        for_each_block<access>(leaf, streams<E>(l), [&](auto at, std::size_t size, std::size_t) {
          alignas(64) E received[block_size];
          at.out = received;
          Backend::template run<Chain, Negate>(at, size, scalar.data());
          meter.add(received, size);
        });
      });
    }
  }

  /// The pass that writes. Where the step is to be reported, the incoming gradient is measured while it is at hand.
  template <bool Measure, class... T>
  void write(std::span<const Leaf> leaves, Elements<T...> elements, [[maybe_unused]] Meter* meter) {
    for_each_typed(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      const auto scalar = scalars<E>(l);
      constexpr Access access{.in_blocks = Measure};
      for_each_block<access>(leaf, streams<E>(l), [&](const auto& at, std::size_t size, std::size_t) {
        if constexpr (Measure) meter->add(at.gradient, size);
        Backend::template run<typename Plan::Update, Negate>(at, size, scalar.data());
      });
    });
  }

  void commit(std::span<const Leaf> leaves) {
    const auto store = [&](std::size_t row, const auto& clock) { std::copy(clock.begin(), clock.end(), state_.clock(row)); };
    for (std::size_t l = 0; l < leaves.size(); ++l)
      if (!leaves[l].absent) store(1 + l, scalars_.next(state_.clock(1 + l)));
    store(0, next_run_);
    ++state_.step_, state_.skipped_in_a_row_ = 0;
  }

  /// The leaf's scalars, rounded once to its element type.
  template <class E>
  std::array<E, L::scalars + 1> scalars(std::size_t l) const {
    const double* before = state_.clock(1 + l);
    const auto now = scalars_.next(before);
    const auto value = scalars_.at({state_.clock(0), next_run_.data()}, {before, now.data()}, norms_);
    std::array<E, L::scalars + 1> rounded;
    for (std::size_t k = 0; k < value.size(); ++k) rounded[k] = static_cast<E>(value[k]);
    return rounded;
  }

  template <class E>
  Streams<E, E, L::slots> streams(std::size_t l) const {
    Streams<E, E, L::slots> at;
    for (std::size_t s = 0; s < L::slots; ++s) at.slot[s] = state_.at<E>(l, s);
    return at;
  }

  /// f(leaf, number, E*) with the leaf's element type E, for every leaf that has a gradient.
  template <class... T, class F>
  static void for_each_typed(std::span<const Leaf> leaves, Elements<T...>, F f) {
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      const auto if_of = [&]<class E>(E* type) {
        if (leaves[l].element == &element_type<E>) f(leaves[l], l, type);
      };
      if (!leaves[l].absent) (if_of(static_cast<T*>(nullptr)), ...);
    }
  }

  Scalars scalars_;
  State& state_;
  typename Scalars::Clock next_run_;
  Norm norms_[sizeof...(P) + 1]{};
};

}  // namespace gradus
