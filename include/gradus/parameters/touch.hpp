// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/parameters/set.hpp>

#include <span>
#include <type_traits>

namespace gradus::detail {

/// Whether any tensor of a set is told when a step has written it.
template <class Theta>
inline constexpr bool touches = any_in<Theta>([]<class X>(std::type_identity<X>) { return HasTouch<X>; });

/// Tells those leaves, if the step was taken.
inline void touch_written(std::span<const Leaf> leaves, bool taken) {
  if (!taken) return;
  for (const Leaf& leaf : leaves) touch(leaf);
}

}  // namespace gradus::detail
