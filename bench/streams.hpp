// SPDX-License-Identifier: MIT
#pragma once

#include "wide.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace bench {

/// The same value, which the compiler must believe to have changed.
template <class V>
V seen(V x) {
#if defined(__AVX512F__)
  asm volatile("" : "+v"(x));
#elif defined(__SSE2__)
  asm volatile("" : "+x"(x));
#else
  asm volatile("" : "+g"(x));
#endif
  return x;
}

namespace detail {

// Walks from batch to batch, taking `AtOnce` of an array before the next array's turn.
template <class W, std::size_t AtOnce, std::size_t... R, std::size_t... S>
std::size_t stream(std::size_t at, std::size_t end, const float* const* read, std::index_sequence<R...>,
                   float* const* written, std::index_sequence<S...>) {
  [[maybe_unused]] const auto load = [&](const float* x) {
    for (std::size_t k = 0; k < AtOnce; ++k) seen(W::load(x + at + k * W::width));
  };
  [[maybe_unused]] const auto keep = [&](float* x) {
    for (std::size_t k = 0; k < AtOnce; ++k) W::store(x + at + k * W::width, seen(W::load(x + at + k * W::width)));
  };
  for (; at + AtOnce * W::width <= end; at += AtOnce * W::width) (load(read[R]), ...), (keep(written[S]), ...);
  return at;
}

}  // namespace detail

/// What the reads and writes of a sweep cost alone: loads all arrays, and stores the written ones back unchanged, with
/// `AtOnce` batches of an array before the next array's turn: in memory, 1 or 4 may be faster by a fifth.
template <std::size_t AtOnce, std::size_t Read, std::size_t Written>
[[gnu::flatten]] inline void stream(std::size_t size, std::array<const float*, Read> read,
                                    std::array<float*, Written> written) {
  constexpr std::make_index_sequence<Read> r;
  constexpr std::make_index_sequence<Written> w;
  wide::for_each_width(size, [&]<class W>(W, std::size_t at, std::size_t end) {
    if constexpr (AtOnce > 1) at = detail::stream<W, AtOnce>(at, end, read.data(), r, written.data(), w);
    detail::stream<W, 1>(at, end, read.data(), r, written.data(), w);
  });
}

}  // namespace bench
