// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/core/rest.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/schedule/progress.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace gradus {

/// Whether a policy acts in a step.
template <class C>
concept StepCondition = requires(const C& condition, const Step& step) {
  { condition(step) } -> std::same_as<bool>;
};

/// Every so many steps.
///
/// Errors  `Refused`, in the step that asks, unless steps is at least 1.
struct Every {
  std::int64_t steps = 1;

  static constexpr auto limits = Limits{Limit{"steps", &Every::steps, Range::from_one}};

  constexpr bool operator()(const Step& step) const {
    check_schedule(*this);
    return step.count % steps == 0;
  }
  constexpr std::int64_t period() const { return steps; }
};

/// From a step on.
struct From {
  std::int64_t step = 1;
  constexpr bool operator()(const Step& at) const { return at.count >= step; }
};

/// Up to a step, this one included.
struct Until {
  std::int64_t step = 1;
  constexpr bool operator()(const Step& at) const { return at.count <= step; }
};

/// Whether a policy acts on a leaf.
template <class C>
concept LeafCondition = !StepCondition<C> && OfLeaf<C> && requires(const C& condition) {
  { of_leaf(condition, no_leaf) } -> std::same_as<bool>;
};

template <class C>
concept Condition = StepCondition<C> || LeafCondition<C>;

/// A policy as it is for a leaf has no condition. Does not compile where one is asked for.
template <class P>
constexpr bool rests_as_a_whole() {
  static_assert(!GroupedPolicy<P>,
                "gradus: a condition of a policy with hyper-parameters by leaf is written the other way round: "
                "by_leaf<&P::member>(values, when(condition, policy))");
  return !GroupedPolicy<P>;
}

/// A policy that rests in the steps, or for the leaves, that a condition does not hold in: then it changes nothing,
/// none of its slots either. `when` makes one.
///
///     u <- policy(u) where the condition holds, else u
///
/// Slots   the policy's.
/// Order   the policy's.
/// Cost    the policy's, in every step, and a choice per number that it writes. What it measures before the pass, it
///         measures of all.
/// Errors  the policy's; `init` is `Refused` where no leaf has the pattern of a `Named` that is not empty. One that
///         guards, observes, gathers, borrows, estimates, draws, keeps numbers or says where the step ends does not
///         compile, nor a factor for some leaves, because the rate in force is one for all.
/// Source  `optax.conditionally_transform`, `optax.masked`.
template <class P, Condition C>
struct When : Resting<P, slot_count<P> + scalar_count<P>> {
  C condition;

  static constexpr bool by_leaf = LeafCondition<C>;

  static constexpr auto scalars = [] {
    std::array<Name, scalar_count<P> + 1> names;
    if constexpr (HasScalars<P>)
      for (std::size_t i = 0; i != scalar_count<P>; ++i) names[i] = P::scalars[i];
    names[scalar_count<P>] = "acts";
    return names;
  }();

  /// The policy's scalars, and whether it acts.
  template <class... Seen>
  constexpr std::array<double, scalar_count<P> + 1> at(const Step& step, const Seen&... seen) const {
    std::array<double, scalar_count<P> + 1> all{};
    if constexpr (HasScalars<P>) {
      const auto own = P::at(step, seen...);
      for (std::size_t i = 0; i < own.size(); ++i) all[i] = own[i];
    }
    if constexpr (StepCondition<C>) all[scalar_count<P>] = condition(step);
    else all[scalar_count<P>] = of_leaf(condition, *step.of);
    return all;
  }

  constexpr std::int64_t period() const
    requires requires(const C& c) { c.period(); }
  {
    return condition.period();
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
    return for_all && rests_as_a_whole<P>() && Resting<P, slot_count<P> + scalar_count<P>>::template place<Before>();
  }

  /// What the policy sums, of whose scalars the last is not its own.
  template <class... L>
    requires HasSums<P>
  static constexpr auto terms(const Record& r, L... lane) {
    const Lane all[]{lane..., r.update};
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return P::terms(r, all[I]...);
    }(std::make_index_sequence<sizeof...(L) - (SettlingPolicy<P> ? 1 : 0)>{});
  }
};

template <FactorPolicy P, StepCondition C>
  requires(!FollowingPolicy<P>)
struct When<P, C> : P {
  C condition;

  template <class>
  static constexpr bool place() {
    return rests_as_a_whole<P>() && can_rest<P>();
  }
  constexpr double rate_at(const Step& step) const { return condition(step) ? P::rate_at(step) : 1; }
};

template <FollowingPolicy P, Condition C>
struct When<P, C> : P {
  using policy = When<policy_of<P>, C>;

  C condition;

  constexpr policy in_step(std::int64_t step) const { return {{P::in_step(step)}, condition}; }
};

/// A policy that acts only in the steps, or on the leaves, that a condition holds in, and rests in the others.
///
///     gradus::when(gradus::Until{1000}, gradus::Clip{1})
///     gradus::when([](const gradus::Step& step) { return step.count % 7 == 0; }, gradus::WeightDecay{0.01})
///     gradus::when([](std::string_view leaf) { return !leaf.ends_with("bias"); }, gradus::WeightDecay{0.01})
///
/// A condition answers for any count alike, and may be asked more than once, also before the first step: whether the
/// composition grows is asked as of late steps, and of a leaf without a name.
template <Condition C, class P>
constexpr When<P, C> when(C condition, P policy) {
  return {{std::move(policy)}, std::move(condition)};
}

template <class... Parts>
class Optimizer;

/// Does not compile: a condition is a policy's own.
template <Condition C, class... P>
void when(C, Optimizer<P...>) {
  static_assert(!Condition<C>,
                "gradus: a condition is a policy's; an optimizer for some leaves is a part of a Partition: "
                "for_leaves(condition, optimizer)");
}

}  // namespace gradus
