// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

template <class P>
constexpr bool is_policy() {
  constexpr bool is = Policy<P>;  // named, so that the compiler does not list why not
  static_assert(is,
                "gradus: this is not a policy; a policy has rate_at(step), or apply(Record&, one Lane& per slot, one "
                "Lane per scalar), or guards or observes (see gradus/core/policy.hpp)");
  return is;
}

template <class P, class... Before>
constexpr bool stands_right(Policies<Before...>) {
  constexpr bool again = once_of<P> && (std::same_as<P, Before> || ...);
  static_assert(!again, "gradus: this policy stands twice in one composition, where twice has no meaning; remove one");
  if constexpr (!again && requires { P::template place<Policies<Before...>>(); })
    return P::template place<Policies<Before...>>();
  else return !again;
}

template <class List, std::size_t... I>
constexpr auto first(std::index_sequence<I...>) {
  return Policies<std::tuple_element_t<I, List>...>{};
}

}  // namespace detail

/// Whether a tuple of policies makes sense from left to right; does not compile, with the reason in one sentence, where
/// not. Called with an index per policy; few steps deep, so that a compiler's report of them is short.
template <class... P, std::size_t... I>
constexpr bool in_order(std::type_identity<std::tuple<P...>>, std::index_sequence<I...>) {
  if constexpr (!(detail::is_policy<P>() && ...)) return false;
  else
    return (detail::stands_right<P>(detail::first<std::tuple<P...>>(std::make_index_sequence<I>{})) && ...);
}

}  // namespace gradus
