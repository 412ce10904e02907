// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/refuse.hpp>

#include <string>
#include <string_view>
#include <tuple>

namespace gradus::recipe {

/// A policy that a recipe has or has not: as a tuple of one or none.
template <bool Wanted, class P>
constexpr auto part_if(P policy) {
  if constexpr (Wanted) return std::tuple<P>(policy);
  else return std::tuple<>();
}

namespace detail {

template <class P>
constexpr auto part(P policy) {
  return std::tuple<P>(policy);
}
template <class... P>
constexpr auto part(std::tuple<P...> some) {
  return some;
}

}  // namespace detail

/// The optimizer made of policies and such parts, in order.
template <class... Part>
constexpr auto compose(Part... part) {
  return std::apply([](auto... policy) { return Optimizer<decltype(policy)...>(policy...); },
                    std::tuple_cat(detail::part(part)...));
}

/// Refuses a feature that is asked for at run time and not in the type, which a run-time argument cannot put there.
inline void check_switch(std::string_view recipe, std::string_view name, bool in_type, bool asked) {
  if (asked && !in_type)
    refuse("recipe::" + std::string(recipe) + ": " + std::string(name) +
           " is not in the type; write it as recipe::" + std::string(recipe) + "<{." + std::string(name) + " = ...}>");
}

}  // namespace gradus::recipe
