// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/plan/clock.hpp>
#include <gradus/plan/layout.hpp>
#include <gradus/plan/plan.hpp>
#include <gradus/plan/slot_names.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace gradus::detail {

/// What follows from a pack of policies.
template <class All>
struct Composition;

template <class... P>
struct Composition<Pack<P...>> {
  using plan = Plan<P...>;
  using layout = Layout<P...>;
  using scalars = StepScalars<P...>;

  /// A read-only pass needs the gradient too.
  static constexpr bool looks_first = plan::read_passes != 0;

  /// The policies as the type spells them.
  static constexpr std::string_view name = [] {
    auto list = full_type_name<Policies<P...>>();
    list.remove_prefix(list.find('<') + 1);
    list.remove_suffix(list.ends_with(" >") ? 2 : 1);
    return list;
  }();

  /// All slots, each with a unique name.
  static constexpr SlotNames slot_names{layout::own_slots};
  static constexpr auto slots = [] {
    auto all = layout::own_slots;
    for (std::size_t s = 0; s != layout::slots; ++s) all[s].name = slot_names[s];
    return all;
  }();

  /// The slots' first values.
  static constexpr auto first(const Pack<P...>& policies) {
    std::array<double, layout::slots + 1> all{};
    for (std::size_t s = 0; s != layout::slots; ++s) all[s] = slots[s].first;
    scalars{policies}.template for_each<layout::slotted>([&]<class Q>(const Q& policy, auto i) {
      if constexpr (requires { policy.first(); }) {
        const auto mine = policy.first();
        for (std::size_t s = 0; s < mine.size(); ++s) all[layout::slot[i] + s] = mine[s];
      }
    });
    return all;
  }

  /// The index of the (which + 1)th policy Q; the number of policies if there is none.
  template <class Q>
  static constexpr std::size_t index(std::size_t which) {
    const bool same[]{(std::same_as<P, Q> || std::same_as<grouped_of<P>, Q>)..., false};
    for (std::size_t i = 0; i < sizeof...(P); ++i)
      if (same[i] && which-- == 0) return i;
    return sizeof...(P);
  }
};

}  // namespace gradus::detail
