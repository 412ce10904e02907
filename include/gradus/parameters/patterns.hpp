// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/type_name.hpp>
#include <gradus/parameters/leaves.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/parameters/set.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace gradus::detail {

inline constexpr auto any_pattern = [](std::string_view) {};

template <class By>
concept HasPatterns = requires(const By& by) { by.for_each_pattern(any_pattern); };

// Whether a set may currently lack some leaves.
template <class Theta>
inline constexpr bool may_lack_leaves = any_in<Theta>([]<class X>(std::type_identity<X>) { return MaybePart<X>; });

[[noreturn, gnu::noinline]] inline void refuse_pattern(std::string_view pattern, std::string_view who,
                                                       const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t l = 0; l < std::min<std::size_t>(names.size(), 10); ++l) list += (l == 0 ? "" : ", ") + names[l];
  refuse({"no leaf has the name \"", pattern, "\" that ", who, " asks for; there are ", list,
          names.size() > 10 ? ", ..." : "", "; correct the pattern, or give a callable, which may be true of none"});
}

/// Refuses a name pattern that no leaf of a set matches: it is misspelt more often than meant. For a subset, any leaf
/// of the whole set may match; sets that may lack leaves (optionals) are not checked. An empty pattern asks for none.
template <class Theta, class By>
void check_patterns([[maybe_unused]] Theta& theta, [[maybe_unused]] const By& by,
                    [[maybe_unused]] std::string_view who) {
  if constexpr (SomeLeaves<Theta>) {
    check_patterns(theta.all(), by, who);
  } else if constexpr (HasPatterns<By> && !may_lack_leaves<Theta>) {
    std::vector<std::string> names;
    for_each_leaf(const_cast<std::remove_const_t<Theta>&>(theta), no_gradient,
                  [&](const Path& path, auto&, const NoGradient&) { names.push_back(path.leaf_name()); });
    by.for_each_pattern([&](std::string_view pattern) {
      const auto has = [&](const std::string& name) { return Named{pattern}(name); };
      if (!pattern.empty() && !names.empty() && std::ranges::none_of(names, has)) refuse_pattern(pattern, who, names);
    });
  }
}

/// The same for all policies.
template <class Theta, class... P>
void check_patterns(const Theta& theta, const Pack<P...>& policies) {
  policies.apply([&](const P&... policy) { (check_patterns(theta, policy, policy_name<P>()), ...); });
}

}  // namespace gradus::detail
