// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/plan/pairs.hpp>
#include <gradus/step/pass.hpp>
#include <gradus/step/term_sums.hpp>

#include <cstddef>

namespace gradus::detail {

/// A backend's sweeps, as passes use them.
template <class Backend, class Storage, class... P>
class Sweeps : protected Pass<Storage, P...> {
 protected:
  using Base = Pass<Storage, P...>;
  using Base::Base;
  using typename Base::L;

  // A chain's loop, compiled once for all that reach it in blocks.
  template <class Chain, class T, class Stored>
  [[gnu::noinline]] static void sweep(const Streams<T, Stored, L::slots>& at, std::size_t size, const T* scalar,
                                      bool down) {
    Backend::template run<Chain>(at, size, scalar, down);
  }

  // The same from element `first` of leaf l, of type E; draws the policies' numbers for it first.
  template <class E, class Chain, class T, class Stored>
  void sweep_at(std::size_t l, std::size_t first, Streams<T, Stored, L::slots> at, std::size_t size, const T* scalar,
                TermSums<Backend, Chain>& sums) const {
    const auto sweep_some = [&](const auto& some, std::size_t count) {
      sweep<chain_of<Chain, E>>(some, count, scalar, this->scalars_.down);
    };
    constexpr bool pairs = in_pairs<chain_of<Chain, E>>;
    if constexpr (Chain::drawn_count != 0) {
      alignas(64) T drawn[Chain::drawn_count * block_size];
      const std::size_t leaf = this->state_.leaves[l].number;
      this->scalars_.template for_each<L::drawing>([&]<class Policy>(const Policy& policy, auto i) {
        for (std::size_t k = 0; k != draw_count<Policy>; ++k)
          policy.draw(Draw{this->count(), leaf, first, L::draw[i] + k}, size, drawn + (L::draw[i] + k) * block_size);
      });
      at.drawn = drawn;
      sums.add(at, size, sweep_some, pairs);
    } else {
      sums.add(at, size, sweep_some, pairs);
    }
  }
  template <class E, class Chain, class T, class Stored>
  void sweep_at(std::size_t l, std::size_t first, const Streams<T, Stored, L::slots>& at, std::size_t size,
                const T* scalar) const {
    TermSums<Backend, Chain> none;
    sweep_at<E, Chain>(l, first, at, size, scalar, none);
  }
};

}  // namespace gradus::detail
