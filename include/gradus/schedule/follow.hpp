// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/schedule/watched.hpp>
#include <gradus/schedule/wrapped.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

/// A number over time: a hyper-parameter's value in a step, counted from 1. Any callable will do.
template <class S>
concept Schedule = requires(const S& schedule, std::int64_t step) {
  { schedule(step) } -> std::convertible_to<double>;
};

namespace detail {

template <class Value, class P>
P class_of(Value P::*);
template <class Value, class P>
Value type_of(Value P::*);

// Whether a schedule returns what a hyper-parameter takes: a number, or an array of them.
template <class S, class Value>
inline constexpr bool says = requires(const S& schedule, std::int64_t step) { static_cast<Value>(schedule(step)); };

// What is said, as a hyper-parameter takes it: a count is cut to a whole number, at the ends of its range if it lies
// beyond (NaN below).
template <class Value, class Said>
constexpr Value value_of(const Said& said) {
  if constexpr (std::integral<Value> && std::floating_point<Said>)
    if (!(said > -0x1p62 && said < 0x1p62))
      return said > 0 ? std::numeric_limits<Value>::max() : std::numeric_limits<Value>::min();
  return static_cast<Value>(said);
}

}  // namespace detail

/// A policy with a hyper-parameter that follows a schedule; `follow` makes one. The policy may itself be one.
template <auto Member, class S, class P>
struct Following : P {
  using policy = policy_of<P>;
  using follower = P;
  using followed_type = S;

  S schedule;

  /// The policy as it is in a step.
  constexpr policy in_step(std::int64_t step) const {
    policy now = *this;
    if constexpr (FollowingPolicy<P>) now = P::in_step(step);
    now.*Member = detail::value_of<std::remove_cvref_t<decltype(now.*Member)>>(schedule(step));
    return now;
  }

  static constexpr std::string_view followed() { return detail::name_of_member<P, Member>(); }
};

namespace detail {

// What `schedule_of` finds.
template <auto Member>
struct Followed {
  template <class S, class P>
  constexpr const S& operator()(const Following<Member, S, P>& policy) const {
    return policy.schedule;
  }
  template <class F>
  constexpr const F& operator()(const Watched<Member, F>& factor) const {
    return factor;
  }
};

}  // namespace detail

template <auto Member, class S, class... Q>
constexpr auto follow(S schedule, const detail::Pack<Q...>& watching);

/// A policy whose hyper-parameter `Member` a schedule gives in each step of the run; the others are those of `policy`.
///
///     gradus::follow<&gradus::LearningRate::rate>(gradus::Cosine{.from = 0.1, .to = 0, .steps = 1000})
///     gradus::follow<&gradus::Adaptive::beta>([](std::int64_t t) { return 1 - 1 / (t + 1.0); })
///
/// A factor (`Plateau`, `Warmup`, `Decay`, `InverseTime`) may be followed too; it multiplies the member's own value:
///
///     gradus::follow<&gradus::Noise::variance>(gradus::Plateau{.factor = 0.5})
///
/// Given an optimizer, such as a recipe's, it returns all policies of that, one of which follows, as parts of another:
///
///     Optimizer{follow<&LearningRate::rate>(Cosine{.from = 3e-4, .steps = 1000}, recipe::adamw())}
///
/// The policy given may already follow, so that several hyper-parameters do. An array follows a callable that returns
/// such an array.
/// Cost    the schedule, once per step.
/// Errors  a step is `Refused`, and nothing changed, where the schedule leaves the hyper-parameter's range. Behind a
///         factor that asks for the objective's value, such as `Plateau`, a step without one does not compile.
template <auto Member, class S, class P = decltype(detail::class_of(Member))>
constexpr auto follow(S schedule, P policy = {}) {
  if constexpr (requires { policy.policies(); }) {
    return detail::with_only<decltype(detail::class_of(Member))>(
        policy.policies(), [&](const auto& one) { return follow<Member>(schedule, one); });
  } else if constexpr (FactorPolicy<S>) {
    return follow<Member>(std::move(schedule), detail::Pack<P>(std::move(policy)));
  } else {
    static_assert(
        detail::says<S, decltype(detail::type_of(Member))>,
        "gradus: this schedule does not say what the hyper-parameter is; give a callable that returns its type "
        "for a step, std::int64_t");
    constexpr bool fresh = !std::is_invocable_v<detail::Followed<Member>, const P&>;
    static_assert(fresh, "gradus: this hyper-parameter follows a schedule already; give it one of the two");
    return Following<Member, S, P>{std::move(policy), std::move(schedule)};
  }
}

/// The same for a policy behind factors that it follows already.
template <auto Member, class S, class... Q>
constexpr auto follow(S schedule, const detail::Pack<Q...>& watching) {
  if constexpr (FactorPolicy<S>) {
    static_assert(
        std::is_arithmetic_v<decltype(detail::type_of(Member))>,
        "gradus: a factor multiplies a number, and this hyper-parameter is an array; let it follow a callable "
        "that returns one");
    using Factor = Watched<Member, S>;
    return detail::concat(
        detail::Pack<Factor>({std::move(schedule)}),
        detail::with_last(watching, []<class P>(const P& policy) { return Scaled<Member, S, P>{policy}; }));
  } else {
    return detail::with_last(watching, [&](const auto& policy) { return follow<Member>(std::move(schedule), policy); });
  }
}

/// The schedule or factor that `Member` follows in an optimizer, to be changed between steps. Under a schedule the
/// member's own value does not count.
///
///     schedule_of<&LearningRate::rate>(optimizer).to = 1e-5;
template <auto Member, class O>
constexpr auto& schedule_of(O& optimizer) {
  return detail::first_wrapped(detail::Followed<Member>{}, optimizer, optimizer.policies());
}

}  // namespace gradus
