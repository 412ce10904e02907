// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/limit.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/stand_in.hpp>
#include <gradus/core/storage.hpp>
#include <gradus/parameters/elements.hpp>
#include <gradus/step/slot_layout.hpp>

#include <span>
#include <string_view>
#include <type_traits>

namespace gradus::detail {

template <class... P>
[[gnu::noinline]] void refuse_values(const Pack<P...>& policies, const Precision& precision,
                                     std::string_view where = {}) {
  policies.apply([&](const P&... policy) { (check_limits(policy, precision, where), ...); });
}

/// Whether all hyper-parameters are in range, as lanes of type T see them.
template <class T, class... P>
[[gnu::flatten]] constexpr bool within_values(const Pack<P...>& policies) {
  return policies.apply([](const P&... policy) { return (within_limits<T>(policy) && ...); });
}

/// Refuses those that are not.
template <class T, class... P>
[[gnu::flatten]] constexpr void check_values(const Pack<P...>& policies) {
  if (!within_values<T>(policies)) [[unlikely]]
    refuse_values(policies, precision_of<T>);
}

/// Whether a policy of a pack has hyper-parameters that are a leaf's own.
template <class Policies>
inline constexpr bool differs_by_leaf = false;
template <class... P>
inline constexpr bool differs_by_leaf<Pack<P...>> = (GroupedPolicy<P> || ...);

/// Refuses those that are a leaf's own and out of range, for all leaves.
template <class... P, class... T>
void check_values_of_leaves([[maybe_unused]] const Pack<P...>& policies,
                            [[maybe_unused]] std::span<const LeafSlots> leaves, Elements<T...>) {
  if constexpr (differs_by_leaf<Pack<P...>>)
    for (const LeafSlots& leaf : leaves) {
      const LeafInfo info = leaf.info();
      const auto own =
          policies.apply([&](const P&... policy) { return Pack<grouped_of<P>...>(gradus::in_leaf(policy, info)...); });
      const auto check = [&]<class Number>(std::type_identity<Number>) {
        if (!within_values<Number>(own)) [[unlikely]]
          refuse_values(own, precision_of<Number>, "for " + leaf.name + ", ");
      };
      ((leaf.element == &element_type<T> ? check(std::type_identity<number_value_t<arithmetic_t<T>>>{}) : void()), ...);
    }
}

}  // namespace gradus::detail
