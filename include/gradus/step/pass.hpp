// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/non_finite.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/report.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/plan/clock.hpp>
#include <gradus/plan/plan.hpp>
#include <gradus/step/blocks.hpp>
#include <gradus/step/kept.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gradus::detail {

/// What all passes of one step share, uphill or downhill and on any backend: the policies' scalars, the clocks, the
/// measurements, and the loop over the leaves.
template <class Storage, class... P>
class Pass {
 protected:
  using Plan = detail::Plan<P...>;
  using L = Layout<P...>;
  using Scalars = StepScalars<P...>;
  using Clock = typename Scalars::Clock;
  static constexpr bool gathering = L::gathering.size() != 0;

  Pass(const Pack<P...>& policies, Kept& state, double value, bool down, std::size_t first_leaf = 0)
      : scalars_{policies, value, down},
        state_(state),
        first_leaf_(first_leaf),
        next_run_(scalars_.next_run(clock(0), measured(0))) {}

  /// Refuses a step in which a leaf has no gradient, if a policy takes all together.
  static void check_present(std::span<const Leaf> leaves, const Kept& state) {
    if constexpr ((every_leaf_of<P> || ...))
      for (std::size_t l = 0; l < leaves.size(); ++l)
        if (leaves[l].absent && !leaves[l].frozen)
          refuse(
              {state.leaves[l].name,
               " has no gradient, and a policy of this composition takes all leaves together; give one to every leaf"});
  }

  /// Refuses a gradient of some rows only, if a policy takes whole leaves.
  void check_rows([[maybe_unused]] std::span<const Leaf> leaves) const {
    if constexpr (((HasSums<P> || every_leaf_of<P>) || ...) || L::emits != 0)
      for (std::size_t l = 0; l < leaves.size(); ++l)
        if (leaves[l].in_rows && !leaves[l].absent)
          refuse({state_.leaves[first_leaf_ + l].name,
                  " has a gradient of some rows alone, and a policy of this composition takes whole leaves; give "
                  "dense_rows"});
  }

  /// Called once the step is certain to be taken: a guard may skip one whose value is not finite.
  void check_value() const {
    if constexpr ((asks_value_of<P> || ...))
      if (!is_finite(scalars_.objective)) refuse_value(scalars_.objective);
  }
  [[gnu::noinline, noreturn]] static void refuse_value(double value) {
    refuse({"the objective's value is ", value,
            ", and a policy of this composition steps by it; give it as Value{f}, or leave out the step"});
  }

  /// The number of this step.
  std::int64_t count() const { return static_cast<std::int64_t>(next_run_[0]); }

  // A row of the state's clocks; this composition knows its length.
  double* clock(std::size_t row) const { return state_.clocks.data() + row * Scalars::clock_size; }

  /// Whether this call takes no step: the gathering policy only takes the gradient in.
  bool gathers() const {
    if constexpr (gathering) return scalars_.policies.template get<L::gathering[0]>().gathers(gathered());
    else return false;
  }
  // The number that the gathering policy keeps, in the run's clock.
  double& gathered() const { return clock(0)[L::kept(L::gathering[0])]; }

  Clock next_leaf(std::size_t l) const {
    const auto leaf = info(l);
    return scalars_.next_leaf({clock(0), next_run_.data()}, clock(1 + l), measured(l), &leaf);
  }

  /// The leaf, for policies that depend on it.
  auto info(std::size_t l) const {
    if constexpr ((by_leaf_of<P> || ...)) return state_.leaves[l].info();
    else return no_leaf;
  }

  void store(std::size_t row, const Clock& now) {
    double* to = clock(row);
    repeat<Scalars::clock_size>([&](std::size_t k) { to[k] = now[k]; });
  }

  /// After a call that took no step.
  void commit_gathered() {
    if constexpr (gathering) gathered() += 1;
    was_finite();
  }
  /// Advances the run's clock: the step was taken.
  void commit() {
    if constexpr (L::emits != 0) next_run_ = scalars_.behind(clock(0), next_run_, emitted_);
    store(0, next_run_);
    was_finite();
  }
  /// Ends the count of steps skipped in a row.
  void was_finite() {
    if constexpr (Plan::guarded) state_.skipped[1] = 0;
  }
  /// Tells the guards of a gradient that is not finite; one of them may refuse, else the step is skipped.
  void found(const NonFinite& what) {
    scalars_.template for_each<L::guards>([&](const auto& policy, auto) { policy.found(what); });
    ++state_.skipped[0], ++state_.skipped[1];
  }
  /// What the run keeps, after a measurement: the next one may need it.
  void follow() {
    if constexpr (Scalars::template keeps<Scalars::Of::run>) next_run_ = scalars_.next_run(clock(0), measured(0));
  }

  /// Whether a step of this composition can ever be reported to somebody.
  template <class Observer>
  static constexpr bool may_report = !std::same_as<Observer, NoObserver> || (ObservingPolicy<P> || ...);
  /// Whether somebody wants a report of a step.
  template <class Observer>
  static bool reports(const Pack<P...>& policies, std::int64_t step, const Observer& observer) {
    bool wanted = observer.wants(step);
    Scalars{policies}.template for_each<L::observers>([&](const auto& policy, auto) { wanted |= policy.wants(step); });
    return wanted;
  }
  /// Reports a step to all who want it.
  template <class Observer>
  static void send(const Pack<P...>& policies, const Report& report, const Observer& observer) {
    Scalars{policies}.template for_each<L::observers>([&](const auto& policy, auto) {
      if (policy.wants(report.step)) policy.report(report);
    });
    if (observer.wants(report.step)) observer.report(report);
  }

  /// Where the sums of policy I go: those over all leaves, or over leaf l.
  template <std::size_t I>
  double* sums(std::size_t l) {
    return (per_leaf_of<typename L::template policy<I>> ? leaf_sums(l) : sums_) + L::sum[I];
  }
  double* leaf_sums(std::size_t l) const { return state_.scratch.sums.data() + l * L::leaf_sums; }
  Measured measured(std::size_t l) const { return {norms_, sums_, leaf_sums(l), told_}; }

  /// The leaf's scalars, rounded once to its element type.
  template <class E>
  std::array<arithmetic_t<E>, L::scalars + 1> scalars(std::size_t l, const Clock& now) const {
    const auto leaf = info(l);
    const auto value = scalars_.at({clock(0), next_run_.data()}, {clock(1 + l), now.data(), &leaf}, measured(l));
    std::array<arithmetic_t<E>, L::scalars + 1> rounded;
    repeat<L::scalars + 1>([&](std::size_t k) { rounded[k] = static_cast<arithmetic_t<E>>(value[k]); });
    return rounded;
  }

  template <class E>
  auto streams(std::size_t l) const {
    using Stored = typename Storage::template slot<E>;
    Streams<arithmetic_t<E>, Stored, L::slots> at;
    repeat<L::slots>([&](std::size_t s) { at.slot[s] = state_.at<Stored>(l, s); });
    return at;
  }

  /// f(leaf, number, E*) with the leaf's element type E, for every leaf that has a gradient.
  template <bool AllPresent, class... T, class F>
  void for_each_typed(std::span<const Leaf> leaves, Elements<T...>, F f) const {
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      [[maybe_unused]] const auto if_of = [&]<class E>(E* type) {
        if (sizeof...(T) == 1 || leaves[l].element == &element_type<E>) f(leaves[l], first_leaf_ + l, type);
      };
      if (AllPresent || !leaves[l].absent) (if_of(static_cast<T*>(nullptr)), ...);
    }
  }

  Scalars scalars_;
  Kept& state_;
  std::size_t first_leaf_;  ///< the number of the first listed leaf
  Norm norms_[L::norms + 1]{};
  double sums_[L::sums + 1]{};
  double emitted_[L::emits + 1]{};
  const double* told_ = nullptr;
  Clock next_run_;
};

}  // namespace gradus::detail
