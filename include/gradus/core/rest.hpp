// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// Whether a policy can rest in steps or elements without missing anything but its clock, if the wrapper has one for
/// it. Does not compile if it cannot.
template <class P, bool HasClock = false>
constexpr bool can_rest() {
  constexpr bool has_text = FactorPolicy<P> || TextPolicy<P> != AfterPolicy<P>;
  constexpr bool stands_alone =
      !BorrowingPolicy<P> && (!estimates_of<P> || divides_of<P>) && !ends_of<P> && !GatheringPolicy<P>;
  constexpr bool timeless = kept_count<P> == 0 && (FactorPolicy<P> || base_count<P> == 0);
  constexpr bool forgets = (timeless || (HasClock && !EmittingPolicy<P>)) && !DrawingPolicy<P>;
  static_assert(
      has_text && stands_alone && forgets,
      "gradus: this policy cannot rest: it guards, observes, gathers, borrows, estimates, draws, keeps numbers that no "
      "condition stops, or says where the step ends; give the condition or the mask to another");
  return has_text && stands_alone && forgets;
}

template <class P, std::size_t Acts, std::size_t... S, std::size_t... C>
constexpr void act_where(Record& r, Lane* lane, std::index_sequence<S...>, std::index_sequence<C...>) {
  const auto at = [](std::size_t i) { return i < Acts ? i : i + 1; };  // of the policy's own lanes
  const Lane acts = lane[Acts];
  const Record before = r;
  [[maybe_unused]] const Lane slot_before[]{acts, lane[S]...};
  if constexpr (behind_apply<P>) P::after(r, lane[S]..., lane[at(sizeof...(S) + C)]...);
  else P::apply(r, lane[S]..., lane[at(sizeof...(S) + C)]...);
  const auto choose = [&](Lane& acted, Lane rested) {
    if (acted.id == rested.id) return;
    acted = rested.id < 0 ? rested : select(acts > 0, acted, rested);  // without: no estimate before
  };
  (choose(lane[S], slot_before[1 + S]), ...);
  choose(r.update, before.update), choose(r.gradient, before.gradient), choose(r.parameter, before.parameter);
  choose(r.square, before.square);
}

/// Copies what a wrapped policy's text made of its slots, which come first, into the lanes its wrapper was given.
template <class P, std::size_t N, class... L>
constexpr void store_slots(const Lane (&all)[N], L&... lane) {
  std::size_t i = 0;
  const auto store = [&]<class One>(One& one) {
    if constexpr (!std::is_const_v<One>)
      if (i < slot_count<P>) one = all[i];
    ++i;
  };
  (store(lane), ...);
}

/// Runs a policy's text so that it changes anything, its slots included, only where one lane is above 0. `lane` are the
/// policy's own, slots first, with that one inserted as the `Acts`th.
template <class P, std::size_t Acts, class... L>
constexpr void act_where(Record& r, L&... lane) {
  Lane all[]{lane...};
  act_where<P, Acts>(r, all, std::make_index_sequence<slot_count<P>>{}, std::make_index_sequence<scalar_count<P>>{});
  store_slots<P>(all, lane...);
}

/// A policy whose text takes one more lane, the `Acts`th, and acts where that is above 0.
template <class P, std::size_t Acts, bool HasClock = false>
struct Resting : P {
  static constexpr bool momentum = false;  // nobody may count on it
  static constexpr bool rests = true;

  template <class Before>
  static constexpr bool place() {
    if constexpr (!can_rest<P, HasClock>()) return false;
    else if constexpr (requires { P::template place<Before>(); }) return P::template place<Before>();
    else return true;
  }

  template <class... L>
    requires(TextPolicy<P> && sizeof...(L) == slot_count<P> + given_count<P> + 1)
  static constexpr void apply(Record& r, L&&... lane) {
    act_where<P, Acts>(r, lane...);
  }
  template <class... L>
    requires(behind_apply<P> && sizeof...(L) == slot_count<P> + given_count<P> + 1)
  static constexpr void after(Record& r, L&&... lane) {
    act_where<P, Acts>(r, lane...);
  }
};

}  // namespace gradus::detail
