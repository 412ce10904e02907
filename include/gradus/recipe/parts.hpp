// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/refuse.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace gradus::recipe {

/// What stands where a recipe leaves a policy out.
struct LeftOut {};

/// A policy that a recipe has only if `Wanted`.
template <bool Wanted, class P>
constexpr auto part_if(P policy) {
  if constexpr (Wanted) return policy;
  else return LeftOut{};
}

namespace detail {

// Rotates the parts: wanted ones go to the back, others are dropped, until all were seen.
template <std::size_t Unseen, class First, class... Rest>
constexpr auto compose_wanted(First first, Rest... rest) {
  if constexpr (Unseen == 0) return Optimizer<First, Rest...>(first, rest...);
  else if constexpr (std::same_as<First, LeftOut>) return compose_wanted<Unseen - 1>(rest...);
  else return compose_wanted<Unseen - 1>(rest..., first);
}

}  // namespace detail

/// The optimizer of these policies, in order, without those left out. It depends on the recipe's parameters, so that a
/// recipe that nobody calls costs nothing to compile.
template <auto With, class... Part>
constexpr auto compose(Part... part) {
  if constexpr ((std::same_as<Part, LeftOut> || ...)) return detail::compose_wanted<sizeof...(Part)>(part...);
  else return Optimizer<Part...>(part...);
}

namespace detail {

[[noreturn]] inline void refuse_switch(std::string_view recipe, std::string_view name, bool in_type) {
  const std::string call = "recipe::" + std::string(recipe), feature(name);
  if (in_type)
    refuse({call, ": ", feature, " is in the type, and a value cannot switch it off; give .", feature,
            " = true, or leave it out of ", call, "<{...}>"});
  refuse({call, ": ", feature, " is not in the type; write it in both places: ", call, "<{.", feature, " = ...}>({.",
          feature, " = ...})"});
}

}  // namespace detail

/// Refuses a feature that is asked for at run time and is not in the type: a run-time argument cannot add it. The
/// number 0, also as a default that is left out, switches a feature off; a `bool` must equal that of the type.
template <auto With, auto Member>
constexpr void check_switch(std::string_view recipe, std::string_view name, const decltype(With)& values) {
  constexpr auto in_type = With.*Member;  // a constant: at run time clang reads members behind two bools as 0
  constexpr bool is_switch = std::same_as<decltype(in_type), const bool>;
  const auto asked = values.*Member;
  if ((in_type == 0 && asked != 0) || (is_switch && in_type != asked))
    detail::refuse_switch(recipe, name, in_type != 0);
}

/// The same for several features, each by its name: `check_switches<With, &Sgd::momentum, &Sgd::nesterov>(...)`.
template <auto With, auto... Member>
constexpr void check_switches(std::string_view recipe, const std::string_view (&names)[sizeof...(Member)],
                              const decltype(With)& values) {
  const std::string_view* name = names;
  (check_switch<With, Member>(recipe, *name++, values), ...);
}

/// Refuses a run-time number that differs from the type's.
template <auto With, auto Member>
constexpr void check_same(std::string_view recipe, std::string_view name, const decltype(With)& values) {
  constexpr auto in_type = With.*Member;
  if (values.*Member != in_type) detail::refuse_switch(recipe, name, false);
}

}  // namespace gradus::recipe
