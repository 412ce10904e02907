// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/parameters/set.hpp>

#include <string_view>
#include <type_traits>

namespace gradus::detail {

/// A tensor that keeps its own gradient, as libtorch's do.
template <class X>
concept KeepsGradient = Tensor<X> && requires(const std::remove_cvref_t<X>& x) { traits_of<X>::gradient(x); };

/// Yields the gradient that each leaf keeps, or none if it has none yet.
struct KeptGradient {
  template <KeepsGradient X>
  decltype(auto) operator()(std::string_view, const X& leaf) const {
    return traits_of<X>::gradient(leaf);
  }
};

inline constexpr KeptGradient kept_gradient;

template <class Theta>
inline constexpr bool some_keep = any_in<Theta>([]<class X>(std::type_identity<X>) { return KeepsGradient<X>; });
template <class Theta>
inline constexpr bool some_do_not =
    any_in<Theta>([]<class X>(std::type_identity<X>) { return !Set<X> && !KeepsGradient<X>; });

/// A tensor, or a set all of whose tensors keep their gradients.
template <class Theta>
concept KeepsGradients = some_keep<Theta> && !some_do_not<Theta>;

}  // namespace gradus::detail
