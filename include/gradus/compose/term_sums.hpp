// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/blocks.hpp>
#include <gradus/core/product_sum.hpp>
#include <gradus/core/repeat.hpp>

#include <cstddef>

namespace gradus {

/// The sums of products of pairs of nodes that a chain measures.
template <class Backend, class Chain>
class TermSums {
 public:
  /// Runs a block of the chain with room for what it measures, and adds that.
  template <class T, class Stored, std::size_t Slots, class RunBlock>
  void add(Streams<T, Stored, Slots>& at, std::size_t size, RunBlock run) {
    alignas(64) T factors[2 * count * block_size];
    at.out = factors;
    run();
    repeat<count>([&](auto k) {
      const T* a = factors + 2 * k * block_size;
      sum_[k].template add<Chain::measured.of[2 * k] == Chain::measured.of[2 * k + 1]>(a, a + block_size, size);
    });
  }

  /// The sums, and begins anew.
  void end(double* to) {
    repeat<count>([&](std::size_t k) { to[k] = sum_[k].end(); });
  }

 private:
  static constexpr std::size_t count = Chain::measured.count / 2;

  ProductSum<Backend> sum_[count];
};

}  // namespace gradus
