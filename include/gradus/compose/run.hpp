// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/look.hpp>
#include <gradus/core/one_sweep_norm.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/report.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>

namespace gradus {

/// One step of a composition over listed leaves: what looks first, the pass that writes, the counters. Everything that
/// can be refused is refused before the first write; from there on nothing throws.
template <class Backend, class Storage, class... P>
class Run : Look<Backend, Storage, P...> {
  using Base = Look<Backend, Storage, P...>;
  using typename Base::Clock;
  using typename Base::L;
  using typename Base::Plan;

 public:
  /// `value` is the objective's, where a policy asks for it; `down` says whether the step goes downhill.
  Run(const Pack<P...>& policies, State& state, double value, bool down, std::size_t first_leaf = 0)
      : Base(policies, state, value, down, first_leaf) {}

  using Base::check_value;

  /// Whether somebody wants a report of this step.
  template <class Observer>
  bool reports(const Observer& observer) const {
    bool wanted = observer.wants(this->count());
    this->scalars_.template for_each<L::observers>(
        [&](const auto& policy, auto) { wanted |= policy.wants(this->count()); });
    return wanted;
  }

  /// A step without a report, of leaves that all have a gradient and lie in one piece: next to nothing stands around
  /// the loop.
  template <class... T>
  void step(std::span<const Leaf> leaves, Elements<T...> elements) {
    if constexpr (gathering)
      if (gathers()) return gather(leaves, elements);
    constexpr Access in_one_piece{.in_blocks = in_blocks, .in_one_piece = true};
    if (!this->template look_first<true>(leaves, elements)) return;
    this->check_value();
    write<in_one_piece>(leaves, elements), commit();
  }

  /// A step of some leaves, which ends for all with `commit`; the value was checked when it began.
  template <class... T>
  void part(std::span<const Leaf> leaves, Elements<T...> elements) {
    this->check_rows(leaves);
    static_cast<void>(this->template look_first<false>(leaves, elements));
    write<anyhow>(leaves, elements);
  }

  /// Any step. `observer.report(report)` is called where `observer.wants(step)` says so.
  template <class... T, class Observer>
  void step(std::span<const Leaf> leaves, Elements<T...> elements, const Observer& observer) {
    this->check_present(leaves, this->state_);
    this->check_rows(leaves);
    if constexpr (gathering)
      if (gathers()) return gather(leaves, elements);
    if (!this->template look_first<false>(leaves, elements)) return;
    this->check_value();
    if constexpr (may_report<Observer>) {
      std::optional<OneSweepNorm<Backend>> norm;
      if (reports(observer)) norm.emplace();
      write<anyhow, true>(leaves, elements, norm ? &*norm : nullptr);
      if (norm) return commit_and_report(norm->value(), observer);
    } else {
      write<anyhow>(leaves, elements);
    }
    commit();
  }

  /// The run's clock.
  void commit() {
    if constexpr (emits) this->next_run_ = this->scalars_.behind(this->clock(0), this->next_run_, this->emitted_);
    this->store(0, this->next_run_);
    if constexpr (Plan::guarded) this->state_.skipped_[1] = 0;
  }

 private:
  static constexpr bool emits = L::emits != 0;
  static constexpr bool draws = Plan::Update::drawn_count != 0;
  static constexpr bool in_blocks = draws;  // what is drawn has room for a block
  static constexpr Access anyhow{.in_blocks = in_blocks};
  static constexpr bool gathering = L::gathering.size() != 0;

  // What the policy that gathers keeps.
  double& gathered() const {
    constexpr std::size_t i = L::gathering[0];
    return this->clock(0)[1 + L::number[i] + base_count<typename L::template policy<i>>];
  }
  bool gathers() const { return this->scalars_.policies.template get<L::gathering[0]>().gathers(gathered()); }

  /// A call of which no step comes: what has to be tested is, and the slots of who gathers take the gradient in.
  template <class... T>
  void gather(std::span<const Leaf> leaves, Elements<T...> elements) {
    NormMeter<Backend> none[L::norms + 1];
    if constexpr (Plan::guarded) {
      if (!this->template look_at_gradient<false>(leaves, elements, none)) return;
      this->state_.skipped_[1] = 0;
    }
    this->template for_each_typed<false>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      const auto scalar = this->template scalars<E>(l, this->next_leaf(l));
      constexpr Access only_gradient{.parameter = false, .write = false, .in_blocks = Plan::Gather::drawn_count != 0};
      for_each_block<only_gradient>(leaf, this->template streams<E>(l),
                                    [&](const auto& at, std::size_t size, std::size_t first) {
                                      this->template sweep_at<typename Plan::Gather>(l, first, at, size, scalar.data());
                                    });
    });
    gathered() += 1;
  }

  /// Whether a step of this composition can ever be reported to somebody.
  template <class Observer>
  static constexpr bool may_report = !std::same_as<Observer, NoObserver> || (ObservingPolicy<P> || ...);

  template <class Observer>
  void commit_and_report(double gradient_norm, const Observer& observer) {
    const Report report{this->count(), this->scalars_.rate({this->clock(0), this->next_run_.data()}), gradient_norm};
    commit();
    this->scalars_.template for_each<L::observers>([&](const auto& policy, auto) {
      if (policy.wants(report.step)) policy.report(report);
    });
    if (observer.wants(report.step)) observer.report(report);
  }

  /// The pass that writes, and the leaves' clocks. A norm that is to be reported is fed the incoming gradient while it
  /// is at hand.
  template <Access access, bool may_measure = false, class... T>
  void write(std::span<const Leaf> leaves, Elements<T...> elements,
             [[maybe_unused]] OneSweepNorm<Backend>* norm = nullptr) {
    using Update = typename Plan::Update;
    TermSums<Backend, Update> sums;
    this->template for_each_typed<access.in_one_piece>(
        leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
          const Clock now = this->next_leaf(l);
          const auto scalar = this->template scalars<E>(l, now);
          const auto sweep_block = [&](auto at, std::size_t size, std::size_t first) {
            if constexpr (may_measure)
              if (norm) norm->add(at.gradient, size);
            if constexpr (access.in_one_piece && !draws)
              sums.add(at, size, [&](const auto& some, std::size_t count) {
                Backend::template run<Update>(some, count, scalar.data(), this->scalars_.down);
              });
            else this->template sweep_at<Update>(l, first, at, size, scalar.data(), sums);
          };
          for_each_block<access>(leaf, this->template streams<E>(l), sweep_block, access.in_blocks || norm);
          this->store(1 + l, now);
        });
    if constexpr (emits) sums.end(this->emitted_);
  }
};

}  // namespace gradus
