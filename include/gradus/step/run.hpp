// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/one_sweep_norm.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/core/report.hpp>
#include <gradus/step/listing.hpp>
#include <gradus/step/look.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace gradus::detail {

/// One step of a composition over listed leaves: the read-only passes, the pass that writes, the counters. Everything
/// that can be refused is refused before the first write; from there on nothing throws.
template <class Backend, class Storage, class... P>
class Run : Look<Backend, Storage, P...> {
  using Base = Look<Backend, Storage, P...>;
  using Base::gathering;
  using typename Base::Clock;
  using typename Base::L;
  using typename Base::Plan;
  using typename Base::Scalars;

 public:
  /// `value` is the objective's, where a policy asks for it; `down` says whether the step goes downhill.
  Run(const Pack<P...>& policies, Kept& state, double value, bool down, std::size_t first_leaf = 0)
      : Base(policies, state, value, down, first_leaf) {}

  using Base::check_value;
  using Base::commit;
  using Base::reports;
  using Base::send;
  using BlockStep = void (*)(const Pack<P...>&, Kept&, double value, const Leaf&, std::size_t number, const Run* begun);

  /// Refuses leaves that do not fit, whatever their values.
  void check(std::span<const Leaf> leaves) const {
    this->check_present(leaves, this->state_), this->check_rows(leaves);
  }

  /// The read-only passes alone. False where the step is to be skipped.
  template <class... T>
  bool look(std::span<const Leaf> leaves, Elements<T...> elements) {
    return this->look_first(leaves, elements);
  }

  /// The run's scalars, after `look`.
  auto numbers() const {
    const typename Scalars::Time now{this->clock(0), this->next_run_.data()};
    return this->scalars_.at(now, now, this->measured(0));
  }

  /// The half of a step that may refuse, given the scalars of told policies; without guards it skips none.
  template <class... T>
  void begin(std::span<const Leaf> leaves, Elements<T...> elements, const double* told) {
    this->told_ = told;
    static_cast<void>(look(leaves, elements));
    this->check_value();
    ask_leaves(leaves, elements);
  }

  /// The half that writes.
  template <class... T, class Observer>
  void finish(std::span<const Leaf> leaves, Elements<T...> elements, BlockStep by_block, const Observer& observer) {
    if constexpr (Base::template may_report<Observer>) {
      std::optional<OneSweepNorm<Backend>> norm;
      if (reports(this->scalars_.policies, this->count(), observer)) norm.emplace();
      write<true>(leaves, elements, by_block, norm ? &*norm : nullptr);
      if (norm) return commit_and_report(norm->value(), observer);
    } else {
      write(leaves, elements, by_block);
    }
    commit();
  }

  /// The step of the only leaf, in one piece, without a report; or such a leaf's part of a step that has `begun`. For
  /// few elements the code around the loop is the whole cost, so this is one flat function, with neither a loop over
  /// leaves nor anything rare: `step` handles that.
  template <bool Down, class... T>
  [[gnu::noinline, gnu::flatten]] static void step_block(const Pack<P...>& policies, Kept& state, double value,
                                                         const Leaf& leaf, std::size_t number, const Run* begun) {
    constexpr Elements<T...> elements{};
    Run run(policies, state, value, Down, number);
    if (begun) [[unlikely]] {
      run.continue_with(*begun);
    } else {
      bool quick = true;
      if constexpr (gathering) quick = !run.gathers();
      if (!quick || !run.look_at_block(leaf, elements)) [[unlikely]]
        return step({&leaf, 1}, elements, policies, state, value, Down, &step_block<Down, T...>, NoObserver{});
      run.check_value();
    }
    run.write_block(leaf, elements);
    if (!begun) [[likely]]
      run.commit();
  }

  /// Any step, with `step_block` of this direction for leaves that it fits. Calls `observer.report(report)` if
  /// `observer.wants(step)`.
  template <class... T, class Observer>
  [[gnu::noinline]] static void step(std::span<const Leaf> leaves, Elements<T...> elements, const Pack<P...>& policies,
                                     Kept& state, double value, bool down, BlockStep by_block,
                                     const Observer& observer) {
    Run(policies, state, value, down)
        .step(Listing::evaluate(leaves, state, Plan::read_passes != 0), elements, by_block, observer);
  }

  /// A step of some leaves, which ends for all with `commit`; the value was checked when it began.
  template <class... T>
  void part(std::span<const Leaf> leaves, Elements<T...> elements) {
    this->check_rows(leaves);
    static_cast<void>(this->look_first(leaves, elements));
    write(leaves, elements);
  }

 private:
  // Asks for the scalars of every leaf, where a policy or a condition may refuse, before anything is written.
  template <class... T>
  void ask_leaves(std::span<const Leaf> leaves, Elements<T...> elements) const {
    this->template for_each_typed<false>(leaves, elements, [&]<class E>(const Leaf&, std::size_t l, E*) {
      static_cast<void>(this->template scalars<E>(l, this->next_leaf(l)));
    });
  }

  using Update = typename Plan::Update;
  static constexpr bool emits = L::emits != 0;
  static constexpr bool draws = Update::drawn_count != 0;

  // Takes over what a step has measured; number by number, so that it can live in registers.
  void continue_with(const Run& begun) {
    this->told_ = begun.told_;
    repeat<L::norms>([&](auto k) { this->norms_[k] = begun.norms_[k]; });
    repeat<L::sums>([&](auto k) { this->sums_[k] = begun.sums_[k]; });
    repeat<Scalars::clock_size>([&](auto k) { this->next_run_[k] = begun.next_run_[k]; });
  }

  template <class... T, class Observer>
  void step(std::span<const Leaf> leaves, Elements<T...> elements, BlockStep by_block, const Observer& observer) {
    check(leaves);
    if constexpr (gathering)
      if (this->gathers()) return gather(leaves, elements);
    if (!look(leaves, elements)) return;
    this->check_value();
    if constexpr ((by_leaf_of<P> || ...)) ask_leaves(leaves, elements);
    finish(leaves, elements, by_block, observer);
  }

  /// A call that takes no step: guards test the gradient, and the gathering policy's slots take it in.
  template <class... T>
  void gather(std::span<const Leaf> leaves, Elements<T...> elements) {
    NormMeter<Backend> none[L::norms + 1];
    if constexpr (Plan::guarded)
      if (!this->look_at_gradient(leaves, elements, none)) return;
    if constexpr ((by_leaf_of<P> || ...)) ask_leaves(leaves, elements);
    this->template for_each_typed<false>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E*) {
      const auto scalar = this->template scalars<E>(l, this->next_leaf(l));
      constexpr Access only_gradient{.parameter = false, .write = false, .in_blocks = Plan::Gather::drawn_count != 0};
      for_each_block<only_gradient>(
          leaf, this->template streams<E>(l), [&](const auto& at, std::size_t size, std::size_t first) {
            this->template sweep_at<E, typename Plan::Gather>(l, first, at, size, scalar.data());
          });
    });
    this->commit_gathered();
  }

  template <class Observer>
  void commit_and_report(double gradient_norm, const Observer& observer) {
    const Report report{this->count(), this->scalars_.rate({this->clock(0), this->next_run_.data()}), gradient_norm};
    commit();
    send(this->scalars_.policies, report, observer);
  }

  /// The pass that writes, and the leaves' clocks. A norm that is to be reported is fed the incoming gradient while it
  /// is at hand.
  template <bool may_measure = false, class... T>
  void write(std::span<const Leaf> leaves, Elements<T...> elements, BlockStep by_block = nullptr,
             [[maybe_unused]] OneSweepNorm<Backend>* norm = nullptr) {
    TermSums<Backend, Update> sums;
    this->template for_each_typed<false>(leaves, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E* type) {
      if (!emits && by_block && !norm && leaf.in_one_piece())
        return by_block(this->scalars_.policies, this->state_, this->scalars_.objective, leaf, l, this);
      const auto sweep = [&](const auto& at, std::size_t size, std::size_t first, const auto* scalar) {
        if constexpr (may_measure)
          if (norm) norm->add(at.gradient, size);
        this->template sweep_at<E, Update>(l, first, at, size, scalar, sums);
      };
      write_leaf<Access{.in_blocks = draws}>(leaf, l, type, sweep, draws || norm);
    });
    if constexpr (emits) sums.end(this->emitted_);
  }

  /// The same for one leaf in one piece, with the loop in place of a call.
  template <class... T>
  void write_block(const Leaf& one, Elements<T...> elements) {
    TermSums<Backend, Update> sums;
    this->template for_each_typed<true>({&one, 1}, elements, [&]<class E>(const Leaf& leaf, std::size_t l, E* type) {
      const auto sweep = [&](const auto& at, std::size_t size, [[maybe_unused]] std::size_t first, const auto* scalar) {
        if constexpr (draws) this->template sweep_at<E, Update>(l, first, at, size, scalar, sums);
        else
          sums.add(
              at, size,
              [&](const auto& some, std::size_t count) {
                Backend::template run<chain_of<Update, E>>(some, count, scalar, this->scalars_.down);
              },
              in_pairs<chain_of<Update, E>>);
      };
      write_leaf<Access{.in_blocks = draws, .in_one_piece = true}>(leaf, l, type, sweep);
    });
    if constexpr (emits) sums.end(this->emitted_);
  }

  // In blocks if numbers are drawn, because their buffer has room for one.
  template <Access access, class E, class Sweep>
  void write_leaf(const Leaf& leaf, std::size_t l, E*, Sweep sweep, bool in_blocks = access.in_blocks) {
    const Clock now = this->next_leaf(l);
    const auto scalar = this->template scalars<E>(l, now);
    for_each_block<access>(
        leaf, this->template streams<E>(l),
        [&](const auto& at, std::size_t size, std::size_t first) { sweep(at, size, first, scalar.data()); }, in_blocks);
    this->store(1 + l, now);
  }
};

/// The run of a pack of policies.
template <class Backend, class Storage, class Policies>
struct RunOf;
template <class Backend, class Storage, class... P>
struct RunOf<Backend, Storage, Pack<P...>> {
  using type = Run<Backend, Storage, P...>;
};
template <class Backend, class Storage, class Policies>
using run_of = typename RunOf<Backend, Storage, Policies>::type;

}  // namespace gradus::detail
