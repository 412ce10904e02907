// SPDX-License-Identifier: MIT
#pragma once

#include "../streams.hpp"

#include <gradus/core/chain.hpp>

#include <array>
#include <cstddef>

namespace bench {

/// Which arrays a sweep loads only, and which it stores as well: 0 the parameter, 1 the gradient, 2... the slots.
struct Sweep {
  static constexpr std::size_t most = 8;
  bool read[most]{}, written[most]{};

  template <class Chain>
  static constexpr Sweep of() {
    Sweep sweep;
    for (int i = 0; i < Chain::graph.size; ++i) {
      const gradus::detail::Node& node = Chain::graph.nodes[i];
      if (Chain::needed.has[i] && node.op == gradus::detail::Op::stream) sweep.read[node.a] = true;
    }
    sweep.written[0] = Chain::parameter >= 0;
    for (std::size_t s = 0; s < Chain::slot_count; ++s) sweep.written[2 + s] = Chain::slot.of[s] >= 0;
    // What is written is loaded too, if not by the text then by the cache.
    for (std::size_t k = 0; k < most; ++k) sweep.read[k] &= !sweep.written[k];
    return sweep;
  }
};

/// The arrays named by some flags.
template <class T, std::size_t Count>
std::array<T*, Count> chosen(const bool (&flags)[Sweep::most], const std::array<float*, Sweep::most>& all) {
  std::array<T*, Count> some{};
  std::size_t at = 0;
  for (std::size_t k = 0; k < Sweep::most; ++k)
    if (flags[k]) some[at++] = all[k];
  return some;
}

/// The reads and writes of a chain without arithmetic.
template <class Chain, std::size_t AtOnce>
void stream_sweep(std::size_t size, const std::array<float*, Sweep::most>& all) {
  constexpr Sweep sweep = Sweep::of<Chain>();
  constexpr auto count = [](const bool(&flags)[Sweep::most]) {
    std::size_t set = 0;
    for (const bool flag : flags) set += flag;
    return set;
  };
  constexpr std::size_t read = count(sweep.read), written = count(sweep.written);
  bench::stream<AtOnce, read, written>(size, chosen<const float, read>(sweep.read, all),
                                       chosen<float, written>(sweep.written, all));
}

}  // namespace bench
