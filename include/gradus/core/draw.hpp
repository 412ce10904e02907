// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace gradus {

/// Which numbers a policy is to draw: they depend on nothing else, so that no order, width or interruption shows in
/// them.
struct Draw {
  std::int64_t step = 1;  ///< of the run
  std::size_t leaf = 0;   ///< in the order of the set
  std::size_t first = 0;  ///< the first element; of complex ones the first real
  std::size_t which = 0;  ///< of all draws of the composition, in order
};

/// It has numbers of its own for each element, made anew in each step.
template <class P>
concept DrawingPolicy = requires { std::size(P::draws); };
template <class P>
inline constexpr std::size_t draw_count = 0;
template <DrawingPolicy P>
inline constexpr std::size_t draw_count<P> = std::size(P::draws);

}  // namespace gradus
