// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/evaluate.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/number_ops.hpp>
#include <gradus/core/opaque.hpp>
#include <gradus/core/pair_ops.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace gradus::backend {

using namespace detail;

/// One element after the other: runs everywhere, in constant expressions too, and gives the bits that every other
/// backend must give.
struct Serial {
  static constexpr const char* name = "serial";
  static constexpr bool walks = false;  ///< whether everything is read block by block, as the tensor itself iterates

  /// Takes elements [first, size) one step of the chain; if `down`, the gradient is negated as it is loaded.
  template <class Chain, class T, class Stored>
  static constexpr void run(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar,
                            bool down = false, std::size_t first = 0) {
    using Ops = std::conditional_t<in_pairs<Chain>, PairOps<T>, NumberOps<T>>;
    using V = typename Ops::Value;
    V constant[Chain::scalar_count + 1]{};
    for (std::size_t c = 0; c != Chain::scalar_count; ++c) constant[c] = Ops::all(scalar[c]);
    for (std::size_t i = first; i < size; i += Ops::width) {
      V stream[2 + Chain::slot_count + Chain::drawn_count]{}, done[Chain::graph.size]{};
      if constexpr (Chain::reads_parameter) stream[0] = Ops::load(at.parameter + i);
      stream[1] = Ops::load(at.gradient + i);
      if (down) stream[1] = Ops::neg(stream[1]);
      for (std::size_t s = 0; s != Chain::slot_count; ++s) stream[2 + s] = Ops::load(at.slot[s] + i);
      for (std::size_t d = 0; d != Chain::drawn_count; ++d)
        stream[2 + Chain::slot_count + d] = Ops::load(at.drawn + d * Chain::stride + i);
      evaluate<Chain, Ops>(done, stream, constant);
      if constexpr (Chain::parameter >= 0) Ops::store(done[Chain::parameter], at.parameter + i);
      for (std::size_t s = 0; s != Chain::slot_count; ++s)
        if (Chain::slot.of[s] >= 0) Ops::store(done[Chain::slot.of[s]], at.slot[s] + i);
      constexpr const auto& measured = Chain::measured;
      if constexpr (Chain::sums)
        for (std::size_t k = 0; k != measured.count; k += 2) {
          T x[Ops::width], y[Ops::width];
          Ops::store(done[measured.of[k]], x), Ops::store(done[measured.of[k + 1]], y);
          for (std::size_t j = 0; j != Ops::width; ++j)
            at.lanes[k / 2 * norm_lanes + (i + j) % norm_lanes] += wide_product(x[j], y[j]);
        }
      else
        for (std::size_t k = 0; k != measured.count; ++k)
          Ops::store(done[measured.of[k]], at.out + k * Chain::stride + i);
    }
  }

  /// lane[i % norm_lanes] = the sum of the terms of all such x[i].
  template <class Term, class T>
  static constexpr void set_lanes(const T* x, std::size_t size, double* lane) {
    std::fill_n(lane, norm_lanes, 0.0);
    add_lanes<Term>(x, size, lane);
  }
  /// lane[i % norm_lanes] += term of x[i], for every element.
  template <class Term, class T>
  static constexpr void add_lanes(const T* x, std::size_t size, double* lane) {
    for (std::size_t i = 0; i < size; ++i) lane[i % norm_lanes] += term_of<Term>(x[i]);
  }

  /// The sum of the lanes of one block, x[0 .. size).
  template <class Term, class T>
  static constexpr double sum_of_block(const T* x, std::size_t size) {
    double lane[norm_lanes];
    set_lanes<Term>(x, size, lane);
    return total_of_lanes(lane);
  }
  /// The sum of the lanes, in halves.
  static constexpr double total_of_lanes(const double* lane) {
    double sum[norm_lanes];
    std::copy_n(lane, norm_lanes, sum);
    return sum_in_halves(sum);
  }

  /// Calls f(0) to f(count - 1), each for a block of elements that depends on no other.
  template <class F>
  static constexpr void each_block(std::size_t count, F f) {
    for (std::size_t k = 0; k < count; ++k) f(k);
  }

  /// The largest magnitude among the elements, as its bits: those of infinity or NaN if there is one.
  template <class T>
  static constexpr BitsOf<T> largest(const T* x, std::size_t size) {
    BitsOf<T> most = 0;
    for (std::size_t i = 0; i < size; ++i) most = std::max(most, magnitude_bits(x[i]));
    return most;
  }
};

}  // namespace gradus::backend
