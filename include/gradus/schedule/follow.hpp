// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>
#include <gradus/schedule/wrapped.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

/// A number over time: what a hyper-parameter is in a step, counted from 1. Any callable will do.
template <class S>
concept Schedule = requires(const S& schedule, std::int64_t step) {
  { schedule(step) } -> std::convertible_to<double>;
};

namespace detail {

template <class Value, class P>
P class_of(Value P::*);
template <class Value, class P>
Value type_of(Value P::*);

// Whether a schedule says what a hyper-parameter is: a number, or as many as it has.
template <class S, class Value>
inline constexpr bool says = requires(const S& schedule, std::int64_t step) { static_cast<Value>(schedule(step)); };

}  // namespace detail

/// A policy with a hyper-parameter that follows a schedule; `follow` makes one. The policy may be such a one itself.
template <auto Member, class S, class P>
struct Following : P {
  using policy = policy_of<P>;
  using follower = P;

  S schedule;

  /// The policy as it is in a step.
  constexpr policy in_step(std::int64_t step) const {
    policy now = *this;
    if constexpr (FollowingPolicy<P>) now = P::in_step(step);
    now.*Member = static_cast<std::remove_cvref_t<decltype(now.*Member)>>(schedule(step));
    return now;
  }

  /// The hyper-parameter's name; empty where the policy gives it no limit.
  static constexpr std::string_view followed() {
    std::string_view name;
    const auto look = [&](const auto& limit) {
      if constexpr (std::same_as<decltype(limit.member), std::remove_cv_t<decltype(Member)>>)
        if (limit.member == Member) name = limit.name;
      return name.empty();
    };
    if constexpr (HasLimits<P>) P::limits.all(look);
    return name;
  }
};

/// A policy whose hyper-parameter `Member` is what a schedule says in each step of the run; `policy` has the others.
///
///     gradus::follow<&gradus::LearningRate::rate>(gradus::Cosine{.from = 0.1, .to = 0, .steps = 1000})
///     gradus::follow<&gradus::Adaptive::beta>([](std::int64_t t) { return 1 - 1 / (t + 1.0); })
///
/// A policy that already follows may be given, so that several hyper-parameters follow. One that is an array follows what
/// returns such an array.
/// Cost    the schedule, once per step.
/// Errors  a step is `Refused`, and nothing changed, where the schedule leaves the hyper-parameter's range.
template <auto Member, class S, class P = decltype(detail::class_of(Member))>
constexpr auto follow(S schedule, P policy = {}) {
  static_assert(detail::says<S, decltype(detail::type_of(Member))>,
                "gradus: this schedule does not say what the hyper-parameter is; give a callable that returns its type "
                "for a step, std::int64_t");
  return Following<Member, S, P>{std::move(policy), std::move(schedule)};
}

/// The schedule that `Member` follows in an optimizer, to be changed between steps. What stands in the member itself
/// does not count.
///
///     schedule_of<&LearningRate::rate>(optimizer).to = 1e-5;
template <auto Member, class O>
constexpr auto& schedule_of(O& optimizer) {
  return detail::first_wrapped(
      []<class S, class P>(const Following<Member, S, P>& policy) -> const S& { return policy.schedule; }, optimizer,
      optimizer.policies());
}

}  // namespace gradus
