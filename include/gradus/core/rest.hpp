// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <cstddef>
#include <utility>

namespace gradus {

/// Whether a policy needs nothing of the steps and elements that it rests in. Does not compile where it does.
template <class P>
constexpr bool can_rest() {
  constexpr bool rests = (FactorPolicy<P> || TextPolicy<P> != AfterPolicy<P>) && !BorrowingPolicy<P> &&
                         !estimates_of<P> && !closes_of<P> && !GatheringPolicy<P> && !EmittingPolicy<P> &&
                         !DrawingPolicy<P> && (FactorPolicy<P> || base_count<P> == 0) && kept_count<P> == 0;
  static_assert(
      rests,
      "gradus: this policy cannot rest by a condition: it borrows, estimates, keeps numbers between steps, or "
      "says where the step ends; give the condition to the policy that it works for");
  return rests;
}

/// Runs a policy's text so that it changes something only where `acts` is above 0; none of its slots either elsewhere.
template <class P, std::size_t... S, std::size_t... C>
constexpr void act_where(Lane acts, Record& r, Lane* slot, const Lane* scalar, std::index_sequence<S...>,
                         std::index_sequence<C...>) {
  const Record before = r;
  [[maybe_unused]] const Lane slot_before[]{acts, slot[S]...};
  if constexpr (behind_apply<P>) P::after(r, slot[S]..., scalar[C]...);
  else P::apply(r, slot[S]..., scalar[C]...);
  const auto choose = [&](Lane& acted, Lane rested) {
    if (acted.id != rested.id) acted = select(acts > 0, acted, rested);
  };
  (choose(slot[S], slot_before[1 + S]), ...);
  choose(r.update, before.update), choose(r.gradient, before.gradient), choose(r.parameter, before.parameter);
  choose(r.square, before.square);
}

}  // namespace gradus
