// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/number.hpp>
#include <gradus/parameters/set.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus::detail {

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

/// The element types that occur in a set of parameters, each once.
template <class Theta>
using elements_of = decltype(find_elements<std::remove_cvref_t<Theta>>());

// A tuple may hold references.
template <class Theta, std::size_t I>
constexpr bool refers() {
  if constexpr (TupleLike<Theta>) return std::is_reference_v<std::tuple_element_t<I, Theta>>;
  else return false;
}

/// Whether a copy of the parameters has elements of its own, in every leaf.
template <class Theta>
constexpr bool owns_all() {
  if constexpr (SomeLeaves<Theta>) {
    return false;
  } else if constexpr (Tensor<Theta> || !Set<Theta>) {
    return owns<Theta>();
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return ((!refers<Theta, I>() && owns_all<std::remove_cvref_t<part_t<Theta, I>>>()) && ...);
    }(std::make_index_sequence<part_count<Theta>>{});
  }
}

/// Whether a step has a lasting effect: on parameters, passed as `Theta&&`, that outlive the call, and on a state that
/// is not const. Does not compile otherwise.
template <class Theta, class S = void>
constexpr bool lasting() {
  constexpr bool counted = !std::is_const_v<S>;
  static_assert(counted, "gradus: the state is const, and a step changes it; pass it as it may be written");
  if constexpr (std::is_lvalue_reference_v<Theta> || LazyTensor<Theta> || !(Tensor<Theta> || Set<Theta>)) {
    return counted;  // or refused for another reason
  } else {
    constexpr bool lost = owns_all<std::remove_cv_t<Theta>>();
    static_assert(!lost,
                  "gradus: the parameters are a temporary with elements of its own, and a step would be lost with it; "
                  "parameters come first, then the gradient");
    return !lost && counted;
  }
}

/// Whether double holds everything that these types carry. Does not compile otherwise.
template <class... T>
constexpr bool told_in_double(Elements<T...>) {
  constexpr bool told = !(CustomNumber<T> || ...);
  static_assert(told,
                "gradus: averages, and the gradients that are checked, are calculated in double, which would lose what "
                "these numbers carry besides or their digits; read the state's slot, or check the gradient of doubles");
  return told;
}

}  // namespace gradus::detail
