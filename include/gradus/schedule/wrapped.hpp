// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/stand_in.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus::detail {

/// The policies of an optimizer, with f(policy) in the place of the only one of type Q.
template <class Q, class... P, class F>
constexpr auto with_only(const Pack<P...>& policies, F f) {
  constexpr bool one = (std::size_t{0} + ... + std::same_as<grouped_of<policy_of<P>>, Q>) == 1;
  static_assert(
      one,
      "gradus: the policy of this hyper-parameter does not stand exactly once in the optimizer; give follow or "
      "by_leaf the policy itself, and compose the optimizer of that");
  return policies.apply([&](const P&... policy) {
    const auto put = [&]<class One>(const One& it) {
      if constexpr (std::same_as<grouped_of<policy_of<One>>, Q>) return as_pack(f(it));
      else return as_pack(it);
    };
    return detail::concat(Pack<>{}, put(policy)...);
  });
}

/// What `get` finds in the first policy of an optimizer that it accepts, const if the optimizer is; does not compile if
/// it accepts none.
template <class Get, class O, class... P>
constexpr auto& first_wrapped(Get get, O& optimizer, const Pack<P...>&) {
  constexpr std::size_t at = [] {
    const bool takes[]{std::is_invocable_v<Get, const P&>..., true};
    std::size_t first = 0;
    while (!takes[first]) ++first;
    return first;
  }();
  static_assert(at != sizeof...(P),
                "gradus: no policy of this optimizer was given such values or such a schedule; see by_leaf and follow");
  if constexpr (at == sizeof...(P)) {
    return optimizer;
  } else if constexpr (std::is_const_v<O>) {
    return get(optimizer.policies().template get<at>());
  } else {
    const auto& found = get(std::as_const(optimizer.changed_policies().template get<at>()));
    return const_cast<std::remove_cvref_t<decltype(found)>&>(found);
  }
}

}  // namespace gradus::detail
