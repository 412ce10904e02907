// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/parameters/set.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace gradus {

/// Whether a tensor of a set is told when a step has written it.
template <class Theta>
inline constexpr bool touches = [] {
  if constexpr (Tensor<Theta> || !Set<Theta>) return HasTouch<Theta>;
  else
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (touches<std::remove_cvref_t<part_t<Theta, I>>> || ...);
    }(std::make_index_sequence<part_count<Theta>>{});
}();

/// Tells those leaves, if the step was taken.
inline void touch_written(std::span<const Leaf> leaves, bool taken) {
  if (!taken) return;
  for (const Leaf& leaf : leaves) touch(leaf);
}

}  // namespace gradus
