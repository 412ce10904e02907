// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace gradus {

namespace detail {

/// A hyper-parameter's name; empty where the policy gives it no limit.
template <class P, auto Member>
constexpr std::string_view name_of_member() {
  std::string_view name;
  const auto look = [&](const auto& limit) {
    if constexpr (std::same_as<decltype(limit.member), std::remove_cv_t<decltype(Member)>>)
      if (limit.member == Member) name = limit.name;
    return name.empty();
  };
  if constexpr (HasLimits<P>) P::limits.all(look);
  return name;
}

}  // namespace detail

/// A factor that multiplies nothing but a hyper-parameter of the policy behind it; the factor's numbers are kept here.
/// `follow` puts it there. Hyper-parameters come before rates, so `Step::rate` is NaN where the factor is
/// asked.
template <auto Member, FactorPolicy F>
struct Watched : F {
  static constexpr bool per_run = true;
  static constexpr bool once = false;

  void rate_at(const Step&) const = delete;  // the update knows nothing of it
  constexpr double watched_at(const Step& step) const { return F::rate_at(step); }
};

/// A policy with a hyper-parameter that the `Watched` factor in front of it multiplies; `follow` makes one.
template <auto Member, class F, class P>
struct Scaled : P {
  using policy = policy_of<P>;
  using follower = P;
  using followed_type = F;
  static constexpr std::size_t watched = watched_of<P> + 1;  ///< how far in front the factor stands

  constexpr policy in_step(std::int64_t step) const { return gradus::in_step(static_cast<const P&>(*this), step); }

  /// Multiplies the hyper-parameters of the policy as it is in a step; factor(k) gives that of the factor k in front.
  template <class Factor>
  static constexpr void scale(policy& now, Factor factor) {
    if constexpr (watched_of<P> != 0) P::scale(now, factor);
    auto& value = now.*Member;
    value = static_cast<std::remove_cvref_t<decltype(value)>>(static_cast<double>(value) *
                                                              factor(std::integral_constant<std::size_t, watched>{}));
  }

  static constexpr std::string_view followed() { return detail::name_of_member<P, Member>(); }
};

}  // namespace gradus
