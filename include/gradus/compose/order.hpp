// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

namespace gradus {

namespace detail {

// Asserts on named constants: of a concept the compiler would explain every part.
template <class P, class... Before>
constexpr bool stands_right(Policies<Before...>) {
  constexpr bool policy = Policy<P>;
  static_assert(policy,
                "gradus: this is not a policy; a policy has rate_at(step), or apply(Record&, one Lane& per slot, one "
                "Lane per scalar), or guards or observes (see gradus/core/policy.hpp)");
  constexpr bool again = once_of<P> && (std::same_as<P, Before> || ...);
  static_assert(!again, "gradus: this policy stands twice in one composition, where twice has no meaning; remove one");
  if constexpr (!policy || again) return false;
  else if constexpr (requires { P::template place<Policies<Before...>>(); })
    return P::template place<Policies<Before...>>();
  else return true;
}

template <class Tuple, std::size_t... Before>
Policies<std::tuple_element_t<Before, Tuple>...> first_policies(std::index_sequence<Before...>);

}  // namespace detail

/// Whether a tuple of policies makes sense from left to right; does not compile, with the reason in one sentence, where
/// not. Not recursive, so that the compiler's way to that sentence is short.
template <class Tuple, std::size_t... I>
constexpr bool in_order(std::index_sequence<I...>) {
  return (detail::stands_right<std::tuple_element_t<I, Tuple>>(
              decltype(detail::first_policies<Tuple>(std::make_index_sequence<I>{})){}) &&
          ...);
}

}  // namespace gradus
