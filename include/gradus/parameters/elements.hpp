// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/parameters/set.hpp>

#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus {

/// A list of element types.
template <class... T>
struct Elements {
  template <class... U>
  friend constexpr auto operator+(Elements, Elements<U...>) {
    return merge(Elements<T...>{}, Elements<U>{}...);
  }

 private:
  static constexpr auto merge(auto list) { return list; }
  template <class... L, class First, class... Rest>
  static constexpr auto merge(Elements<L...>, Elements<First>, Rest... rest) {
    if constexpr ((std::same_as<L, First> || ...)) return merge(Elements<L...>{}, rest...);
    else return merge(Elements<L..., First>{}, rest...);
  }
};

namespace detail {

template <class Theta>
constexpr auto find_elements() {
  if constexpr (Tensor<Theta>) {
    return Elements<element_t<Theta>>{};
  } else if constexpr (Set<Theta>) {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (Elements<>{} + ... + find_elements<std::remove_cvref_t<part_t<Theta, I>>>());
    }(std::make_index_sequence<part_count<Theta>>{});
  } else {
    return Elements<>{};
  }
}

}  // namespace detail

/// The element types that occur in a set of parameters, each once.
template <class Theta>
using elements_of = decltype(detail::find_elements<std::remove_cvref_t<Theta>>());

/// Whether a copy of the parameters has elements of its own, in every leaf.
template <class Theta>
constexpr bool owns_all() {
  if constexpr (Tensor<Theta> || !Set<Theta>) {
    return owns<Theta>();
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (owns_all<std::remove_cvref_t<part_t<Theta, I>>>() && ...);
    }(std::make_index_sequence<part_count<Theta>>{});
  }
}

}  // namespace gradus
