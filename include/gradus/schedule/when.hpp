// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/schedule/progress.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace gradus {

/// Whether a policy acts in a step.
template <class C>
concept Condition = requires(const C& condition, const Step& step) {
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

namespace detail {

// Whether a policy needs nothing of the steps that it rests in.
template <class P>
constexpr bool can_rest() {
  constexpr bool text = TextPolicy<P> && !BorrowingPolicy<P> && !AfterPolicy<P> && !estimates_of<P> &&
                        !GatheringPolicy<P> && base_count<P> == 0;
  constexpr bool rests = (FactorPolicy<P> || text) && kept_count<P> == 0;
  static_assert(
      rests,
      "gradus: this policy cannot rest by a condition: it borrows, estimates, keeps numbers between steps, or "
      "acts behind p + u; give the condition to the policy that it works for");
  return rests;
}

}  // namespace detail

/// A policy that rests in the steps that a condition does not hold in: then it changes nothing, none of its slots
/// either. `when` makes one.
///
///     u <- policy(u) where the condition holds, else u
///
/// Slots   the policy's.
/// Order   the policy's.
/// Cost    the policy's, in every step, and a choice per number that it writes.
/// Errors  the policy's. One that estimates, borrows, keeps numbers or acts behind p + u does not compile.
/// Source  `optax.conditionally_transform`.
template <class P, Condition C>
struct When : P {
  C condition;

  static constexpr bool momentum = false;  // nobody may count on it
  static constexpr auto scalars = [] {
    std::array<Name, scalar_count<P> + 1> names;
    if constexpr (HasScalars<P>)
      for (std::size_t i = 0; i < scalar_count<P>; ++i) names[i] = P::scalars[i];
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
    all[scalar_count<P>] = condition(step);
    return all;
  }

  template <class Before>
  static constexpr bool place() {
    if constexpr (!detail::can_rest<P>()) return false;
    else if constexpr (requires { P::template place<Before>(); }) return P::template place<Before>();
    else return true;
  }

  template <class... L>
    requires(sizeof...(L) == slot_count<P> + scalar_count<P> + 1)
  static constexpr void apply(Record& r, L&... lane) {
    const auto lanes = std::tie(lane...);
    const Record before = r;
    const Lane acts = std::get<sizeof...(L) - 1>(lanes);
    const auto chosen = [&](Lane acted, Lane rested) { return select(acts > 0, acted, rested); };
    [&]<std::size_t... S, std::size_t... K>(std::index_sequence<S...>, std::index_sequence<K...>) {
      [[maybe_unused]] Lane own[]{acts, std::get<S>(lanes)...};
      P::apply(r, own[1 + S]..., std::get<sizeof...(S) + K>(lanes)...);
      ((std::get<S>(lanes) = chosen(own[1 + S], std::get<S>(lanes))), ...);
    }(std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<scalar_count<P>>{});
    r.update = chosen(r.update, before.update), r.gradient = chosen(r.gradient, before.gradient);
    if (before.square.graph) r.square = chosen(r.square, before.square);
  }
};

template <FactorPolicy P, Condition C>
  requires(!FollowingPolicy<P>)
struct When<P, C> : P {
  C condition;

  template <class>
  static constexpr bool place() {
    return detail::can_rest<P>();
  }
  constexpr double rate_at(const Step& step) const { return condition(step) ? P::rate_at(step) : 1; }
};

template <FollowingPolicy P, Condition C>
struct When<P, C> : P {
  using policy = When<policy_of<P>, C>;

  C condition;

  constexpr policy in_step(std::int64_t step) const { return {P::in_step(step), condition}; }
};

/// A policy that acts only in the steps that a condition holds in, and rests in the others.
///
///     gradus::when(gradus::Until{1000}, gradus::Clip{1})
///     gradus::when([](const gradus::Step& step) { return step.count % 7 == 0; }, gradus::WeightDecay{0.01})
///
/// A condition answers for any count alike, and may be asked more than once, also before the first step: whether the
/// composition grows is asked as of late steps.
template <Condition C, class P>
constexpr When<P, C> when(C condition, P policy) {
  return {std::move(policy), std::move(condition)};
}

}  // namespace gradus
