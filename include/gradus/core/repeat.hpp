// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/inline.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gradus {

/// Calls f(0), f(1), ... f(N - 1) with the numbers as types. Unlike in a loop, what an array holds at such an index can
/// live in a register from the start.
template <std::size_t N, class F>
GRADUS_INLINE constexpr void repeat(F f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(std::integral_constant<std::size_t, I>{}), ...);
  }(std::make_index_sequence<N>{});
}

}  // namespace gradus
