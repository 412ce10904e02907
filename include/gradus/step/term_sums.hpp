// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/pairwise_sum.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus::detail {

/// The sums of products of pairs of nodes that a chain measures, in double and in the order of `NormTree`, taken by the
/// loop that runs the chain.
template <class Backend, class Chain>
class TermSums {
 public:
  /// Runs the chain over these elements by run(streams, size); two at a time, if `in_pairs`.
  template <class T, class Stored, std::size_t Slots, class Run>
  void add(const Streams<T, Stored, Slots>& at, std::size_t size, Run run, bool in_pairs = false) {
    if (in_pairs && filled_ % 2 != 0 && ++filled_ == norm_block) end_block();  // else a block would end within a pair
    for (std::size_t first = 0; first < size;) {
      const std::size_t blocks = filled_ == 0 ? (size - first) / norm_block : 0;
      const std::size_t now =
          blocks != 0 ? add_blocks(at.from(first), blocks, run) : add_within_block(at.from(first), size - first, run);
      first += now;
    }
  }

  /// Writes the sums, and begins anew.
  void end(double* to) {
    turn(0);
    for (std::size_t k = 0; k < count; ++k) to[k] = blocks_[k].total(take(k)), blocks_[k].clear();
    filled_ = 0;
  }

 private:
  static constexpr std::size_t count = Chain::measured.count / 2;
  static constexpr std::size_t at_once = 1 + blocks_at_once / (count + 1);  // a chain may have many sums

  // Adds up to `blocks` blocks, which several threads may run, a block each; returns how many elements that was.
  template <class Streams, class Run>
  std::size_t add_blocks(const Streams& at, std::size_t blocks, Run run) {
    double sum[at_once][count];
    blocks = std::min(blocks, at_once);
    Backend::each_block(blocks, [&](std::size_t b) {
      alignas(64) double lane[count][norm_lanes]{};
      auto here = at.from(b * norm_block);
      here.lanes = lane[0];
      run(here, norm_block);
      for (std::size_t k = 0; k < count; ++k) sum[b][k] = Backend::total_of_lanes(lane[k]);
    });
    for (std::size_t b = 0; b < blocks; ++b)
      for (std::size_t k = 0; k < count; ++k) blocks_[k].add(sum[b][k]);
    return blocks * norm_block;
  }

  // Adds the next elements of a block; returns how many.
  template <class Streams, class Run>
  std::size_t add_within_block(Streams at, std::size_t size, Run run) {
    const std::size_t now = std::min(size, norm_block - filled_);
    turn(filled_);
    at.lanes = lane_[0];
    run(at, now);
    filled_ += now;
    if (filled_ == norm_block) end_block();
    return now;
  }

  // Rotates the lanes so that element i's comes first: a batch of elements from there on is one of lanes.
  void turn(std::size_t i) {
    const std::size_t by = (i - turned_) % norm_lanes;
    if (by == 0) return;
    for (double(&lane)[norm_lanes] : lane_) {
      double twice[2 * norm_lanes];  // faster than std::rotate, which goes one by one
      std::copy_n(lane, norm_lanes, twice), std::copy_n(lane, norm_lanes, twice + norm_lanes);
      std::copy_n(twice + by, norm_lanes, lane);
    }
    turned_ = i % norm_lanes;
  }

  void end_block() {
    turn(0);
    for (std::size_t k = 0; k < count; ++k) blocks_[k].add(take(k));
    filled_ = 0;
  }

  double take(std::size_t k) {
    const double total = Backend::total_of_lanes(lane_[k]);
    std::fill_n(lane_[k], norm_lanes, 0.0);
    return total;
  }

  alignas(64) double lane_[count][norm_lanes]{};
  PairwiseSum blocks_[count];
  std::size_t filled_ = 0, turned_ = 0;
};

/// Without sums.
template <class Backend, class Chain>
  requires(!Chain::sums)
class TermSums<Backend, Chain> {
 public:
  template <class T, class Stored, std::size_t Slots, class Run>
  void add(const Streams<T, Stored, Slots>& at, std::size_t size, Run run, bool = false) {
    run(at, size);
  }
};

}  // namespace gradus::detail
