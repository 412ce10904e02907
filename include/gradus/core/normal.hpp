// SPDX-License-Identifier: MIT
#pragma once

#if !__has_include(<Random123/philox.h>)
#error "gradus: random numbers come from Random123; install it (Debian: librandom123-dev), or do without this header"
#endif

#include <gradus/core/device.hpp>
#include <gradus/core/draw.hpp>

#include <cstdlib>
// Philox needs no SSE, whose headers take half a second to read. To use Random123's generators that do need it, define
// this as 1, or include them before.
#ifndef R123_USE_SSE
#define R123_USE_SSE 0
#endif
#if !defined(__cpp_exceptions)  // Random123 throws, but only where nothing here calls it
#define R123_THROW(error) ::std::abort()
#endif

// With CUDA's headers but without nvcc, CUDART_VERSION is defined, but not the functions that Random123 infers from it.
#pragma push_macro("CUDART_VERSION")
#ifndef __CUDACC__
#undef CUDART_VERSION
#endif

#include <Random123/philox.h>
#include <Random123/boxmuller.hpp>
#pragma pop_macro("CUDART_VERSION")
#if !defined(__cpp_exceptions)
#undef R123_THROW
#endif

#include <cstddef>
#include <cstdint>

namespace gradus {

/// Writes standard normal numbers for the elements from `draw.first` on. An element's number depends only on the seed,
/// its index, and the step, leaf and `which` of `draw`.
///
/// Philox with ten rounds (Salmon et al., 2011) counts elements, leaves and steps; the Box-Muller transform makes its
/// bits normal. Both are Random123's.
template <class T>
GRADUS_DEVICE void draw_normal(std::uint64_t seed, const Draw& draw, std::size_t size, T* to) {
  constexpr std::size_t at_once = 4;
  const r123::Philox4x64 generator;
  for (std::size_t i = 0; i < size;) {
    const std::size_t element = draw.first + i, begin = element % at_once;
    const auto bits =
        generator({{element / at_once, draw.leaf, static_cast<std::uint64_t>(draw.step), draw.which}}, {{seed, 0}});
    const r123::double2 pair[]{r123::boxmuller(bits[0], bits[1]), r123::boxmuller(bits[2], bits[3])};
    const double normal[at_once]{pair[0].x, pair[0].y, pair[1].x, pair[1].y};
    for (std::size_t k = begin; k < at_once && i < size; ++k) to[i++] = static_cast<T>(normal[k]);
  }
}

}  // namespace gradus
