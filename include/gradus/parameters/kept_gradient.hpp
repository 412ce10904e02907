// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/parameters/set.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

/// A tensor that keeps its gradient with itself, as libtorch's do.
template <class X>
concept KeepsGradient = Tensor<X> && requires(const std::remove_cvref_t<X>& x) { traits_of<X>::gradient(x); };

/// Yields the gradient that each leaf keeps; none where it has none yet.
struct KeptGradient {
  template <KeepsGradient X>
  decltype(auto) operator()(std::string_view, const X& leaf) const {
    return traits_of<X>::gradient(leaf);
  }
};

inline constexpr KeptGradient kept_gradient;

namespace detail {

template <class Theta>
constexpr bool keeps_gradients() {
  using Whole = std::remove_cvref_t<Theta>;
  if constexpr (Tensor<Whole> || !Set<Whole>) {
    return KeepsGradient<Whole>;
  } else {
    return part_count<Whole> != 0 && []<std::size_t... I>(std::index_sequence<I...>) {
      return (keeps_gradients<part_t<Whole, I>>() && ...);
    }(std::make_index_sequence<part_count<Whole>>{});
  }
}

}  // namespace detail

/// A tensor, or a set all of whose tensors keep their gradients.
template <class Theta>
concept KeepsGradients = detail::keeps_gradients<Theta>();

}  // namespace gradus
