// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <concepts>
#include <type_traits>

namespace gradus {

namespace detail {

template <class P>
constexpr bool is_policy() {
  static_assert(Policy<P>,
                "gradus: this is not a policy; a policy has rate_at(step), or apply(Record&, one Lane& per slot, one "
                "Lane per scalar), or guards or observes (see gradus/core/policy.hpp)");
  return Policy<P>;
}

template <class P, class... Before>
constexpr bool stands_right(Policies<Before...>) {
  constexpr bool again = once_of<P> && (std::same_as<P, Before> || ...);
  static_assert(!again, "gradus: this policy stands twice in one composition, where twice has no meaning; remove one");
  if constexpr (!again && requires { P::template place<Policies<Before...>>(); })
    return P::template place<Policies<Before...>>();
  else return !again;
}

template <class... Before>
constexpr bool in_order(Policies<Before...>) {
  return true;
}
template <class... Before, class P, class... Behind>
constexpr bool in_order(Policies<Before...> before, P*, Behind*... behind) {
  if constexpr (!is_policy<P>()) return false;
  else if constexpr (!stands_right<P>(before)) return false;
  else return in_order(Policies<Before..., P>{}, behind...);
}

}  // namespace detail

/// Whether a composition makes sense from left to right; does not compile, with the reason in one sentence, where not.
template <class... P>
constexpr bool in_order() {
  return detail::in_order(Policies<>{}, static_cast<P*>(nullptr)...);
}

}  // namespace gradus
