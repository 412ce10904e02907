// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace gradus {

/// Identifies the numbers that a policy is to draw. They depend on nothing else, so not on order, vector width or
/// interruptions.
struct Draw {
  std::int64_t step = 1;  ///< of the run
  std::size_t leaf = 0;   ///< in the order of the set
  std::size_t first = 0;  ///< the first element; for complex ones the first real
  std::size_t which = 0;  ///< of all draws of the composition, in order
};

/// It draws new numbers for each element in each step.
template <class P>
concept DrawingPolicy = requires { std::size(P::draws); };
template <class P>
inline constexpr std::size_t draw_count = 0;
template <DrawingPolicy P>
inline constexpr std::size_t draw_count<P> = std::size(P::draws);

}  // namespace gradus
