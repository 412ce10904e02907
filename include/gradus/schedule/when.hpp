// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/core/power.hpp>
#include <gradus/core/rest.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/schedule/condition.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

namespace gradus {

namespace detail {

struct None {};
// The run's clock does not stop for a leaf.
template <class P, class C>
inline constexpr bool has_clock = StepCondition<C> || !per_run_of<P>;
template <class P, class C>
using Rests = Resting<P, slot_count<P> + scalar_count<P>, has_clock<P, C>>;

}  // namespace detail

/// A policy that rests in the steps, or for the leaves, for which a condition does not hold: then it changes nothing,
/// not even its slots. `when` makes one.
///
///     u <- policy(u) where the condition holds, else u
///
/// Its clock stands still while it rests: what counts steps (`TailAverage`, a bias correction, `Decay`) counts those it
/// acts in. The condition counts all, and so does a schedule that the policy follows.
///
/// Slots   the policy's.
/// Order   the policy's.
/// Cost    the policy's, in every step, and a select per number written. What it measures before the pass, it measures
///         over all leaves.
/// Errors  the policy's; `init` is `Refused` where no leaf matches the non-empty pattern of a `Named`. A policy that
///         guards, observes, gathers, borrows, estimates, draws, emits sums or says where the step ends does not
///         compile, nor does a factor for some leaves, because the rate in force is one for all.
/// Source  `optax.conditionally_transform`, `optax.masked`.
template <class P, Condition C>
struct When : detail::Rests<P, C> {
  C condition;

  static constexpr bool by_leaf = LeafCondition<C>;

  static constexpr auto scalars = [] {
    if constexpr (FactorPolicy<P>) return detail::None{};
    else {
      std::array<Name, scalar_count<P> + 1> names;
      if constexpr (HasScalars<P>)
        for (std::size_t i = 0; i != scalar_count<P>; ++i) names[i] = P::scalars[i];
      names[scalar_count<P>] = "acts";
      return names;
    }
  }();

  constexpr bool acts(const Step& step) const {
    if constexpr (StepCondition<C>) return condition(step);
    else return of_leaf(condition, *step.of);
  }

  /// The policy's factor, or 1.
  constexpr double rate_at(const Step& step) const
    requires FactorPolicy<P>
  {
    return acts(step) ? P::rate_at(in_own_time(step, step.now)) : 1;
  }

  /// The rate that the policy counts for, or 1; none where it is not one for all leaves.
  constexpr double counted_rate(const Step& step) const
    requires(RatedPolicy<P> && !FactorPolicy<P> && StepCondition<C>)
  {
    return acts(step) ? P::counted_rate(in_own_time(step, step.now)) : 1;
  }

  /// The policy's scalars, and whether it acts.
  template <class... Seen>
    requires(!FactorPolicy<P>)
  constexpr std::array<double, scalar_count<P> + 1> at(const Step& step, const Seen&... seen) const {
    std::array<double, scalar_count<P> + 1> all{};
    if constexpr (HasScalars<P>) {
      const auto own = P::at(in_own_time(step, step.now), seen...);
      for (std::size_t i = 0; i < own.size(); ++i) all[i] = own[i];
    }
    all[scalar_count<P>] = acts(step);
    return all;
  }

  // The policy's clock is kept as numbers: its powers, what it keeps, and the steps it acted in.
  static constexpr std::size_t clock_size = base_count<P> + kept_count<P>;
  static constexpr bool timed = clock_size != 0 || (FactorPolicy<P> && !timeless_of<P>);
  using Clock = std::array<double, clock_size + 1>;
  void bases() const = delete;
  static constexpr auto kept = [] {
    if constexpr (!timed) return detail::None{};
    else {
      std::array<Name, clock_size + 1> names;
      names.fill("power");
      if constexpr (HasKept<P>) std::copy_n(std::begin(P::kept), kept_count<P>, names.begin() + base_count<P>);
      names[clock_size] = "steps it acted in";
      return names;
    }
  }();

  constexpr Clock start() const
    requires timed
  {
    Clock at{};
    for (std::size_t k = 0; k != base_count<P>; ++k) at[k] = 1;
    if constexpr (HasKept<P>) put(P::start(), at);
    return at;
  }

  template <class... Seen>
    requires(timed &&
             (kept_count<P> == 0 ? sizeof...(Seen) == 0
                                 : requires(const P& p, const Step& s, const Seen&... seen) { p.next(s, seen...); }))
  constexpr Clock next(const Step& step, const Seen&... seen) const {
    Clock now;
    std::copy_n(step.before, clock_size + 1, now.begin());
    if (!acts(step)) return now;
    now[clock_size] += 1;
    if constexpr (HasBases<P>)
      for (std::size_t k = 0; const double base : P::bases()) now[k] = next_power(now[k], base), ++k;
    if constexpr (HasKept<P>) put(P::next(in_own_time(step, now.data()), seen...), now);
    return now;
  }

  constexpr Clock late(double count) const
    requires timed
  {
    Clock at{};
    if constexpr (HasBases<P>)
      for (std::size_t k = 0; const double base : P::bases()) at[k++] = base < 1 ? 0 : 1;
    if constexpr (requires { P::late(count); }) put(P::late(count), at);
    else if constexpr (HasKept<P>) put(P::start(), at);
    std::int64_t every = 1;
    if constexpr (requires { condition.period(); }) every = std::max(every, condition.period());
    at[clock_size] = static_cast<double>(static_cast<std::int64_t>(count) / every);
    return at;
  }

  /// After how many late steps it repeats. A condition on steps that does not say is looked at for 60.
  constexpr std::int64_t period() const
    requires(StepCondition<C> || requires(const P& p) { p.period(); })
  {
    std::int64_t of_condition = StepCondition<C> ? 60 : 1, own = 1;
    if constexpr (requires { condition.period(); }) of_condition = condition.period();
    if constexpr (requires { P::period(); }) own = P::period();
    return own > 0 && of_condition > std::numeric_limits<std::int64_t>::max() / own ? 0 : of_condition * own;
  }

  template <class F>
  constexpr void for_each_pattern(F f) const {
    gradus::for_each_pattern(static_cast<const P&>(*this), f);
    gradus::for_each_pattern(condition, f);
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool for_all = !FactorPolicy<P> || StepCondition<C>;
    static_assert(for_all,
                  "gradus: a factor cannot rest for some leaves, because the rate in force is one for all; give the "
                  "condition to another policy");
    constexpr bool whole = !GroupedPolicy<P>;
    static_assert(whole,
                  "gradus: a condition of a policy with hyper-parameters by leaf is written the other way round: "
                  "by_leaf<&P::member>(values, when(condition, policy))");
    if constexpr (!for_all || !whole || !detail::can_rest<P, detail::has_clock<P, C>>()) return false;
    else return detail::Rests<P, C>::template place<Before>();
  }

  /// The policy's terms; the last scalar is not its own.
  template <class... L>
    requires HasSums<P>
  static constexpr auto terms(const Record& r, L... lane) {
    const Lane all[]{lane..., r.update};
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return P::terms(r, all[I]...);
    }(std::make_index_sequence<sizeof...(L) - (SettlingPolicy<P> ? 1 : 0)>{});
  }

 private:
  static constexpr void put(const std::array<double, kept_count<P>>& numbers, Clock& at) {
    std::copy_n(numbers.begin(), kept_count<P>, at.begin() + base_count<P>);
  }
  // The step as the policy's own clock has it.
  static constexpr Step in_own_time(Step step, const double* now) {
    if constexpr (timed) {
      step.now = now, step.leaf = static_cast<std::int64_t>(now[clock_size]);
      if constexpr (per_run_of<P>) step.count = step.leaf;
    }
    return step;
  }
};

template <FollowingPolicy P, Condition C>
struct When<P, C> : P {
  using policy = When<policy_of<P>, C>;
  C condition;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}, condition}; }
};

/// A policy that acts only in the steps, or on the leaves, for which a condition holds, and rests otherwise.
///
///     gradus::when(gradus::Until{1000}, gradus::Clip{1})
///     gradus::when([](const gradus::Step& step) { return step.count % 7 == 0; }, gradus::WeightDecay{0.01})
///     gradus::when([](std::string_view leaf) { return !leaf.ends_with("bias"); }, gradus::WeightDecay{0.01})
///
/// A condition must answer for any step count, and always the same. It may be asked more than once, even before the
/// first step: whether the composition grows is judged at late steps, and on a leaf without a name. A factor that rests
/// is 1: `when(Every{100}, Decay{})` lowers every hundredth step alone; to decay slowly, decay by the hundredth root.
template <Condition C, class P>
constexpr When<P, C> when(C condition, P policy) {
  return {{std::move(policy)}, std::move(condition)};
}

/// The same for a policy behind factors that it follows; these do not rest.
template <Condition C, class... Q>
constexpr auto when(C condition, const detail::Pack<Q...>& watching) {
  return detail::with_last(watching, [&](const auto& policy) { return when(std::move(condition), policy); });
}

template <class... Parts>
class Optimizer;

/// These do not compile: a condition belongs to a policy, and is one.
template <Condition C, class... P>
constexpr Optimizer<P...> when(C, Optimizer<P...> optimizer) {
  static_assert(!Condition<C>,
                "gradus: a condition is a policy's; an optimizer for some leaves is a part of a Partition: "
                "for_leaves(condition, optimizer)");
  return optimizer;
}
template <class C, class P>
  requires(!Condition<C>)
constexpr P when(const C&, P policy) {
  return detail::is_condition<C>(), policy;
}

}  // namespace gradus
