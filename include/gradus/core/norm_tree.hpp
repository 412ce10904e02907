// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace gradus {

/// How many sums run side by side: element i of all goes to sum i % norm_lanes.
inline constexpr std::size_t norm_lanes = 32;
/// How many elements a block has: the leaves of the tree of sums.
inline constexpr std::size_t norm_block = 4096;

/// What is summed.
struct Square {
  template <class V>
  static constexpr V of(V x) {
    return x * x;
  }
};
struct Magnitude {
  template <class V>
  static constexpr V of(V x) {
    using std::abs;
    return abs(x);
  }
};

/// A sum in double over all elements of all leaves, added in one fixed order that follows from an element's global
/// index alone: not from the leaves, the instruction set, or how the elements arrive. Sums of `norm_lanes` run side by
/// side within a block; blocks are added pairwise.
class NormTree {
 public:
  /// Adds the next `size` elements. `add_rows(x, rows, lane)` adds whole rows of `norm_lanes`.
  template <class Term, class T, class AddRows>
  constexpr void add(const T* x, std::size_t size, Term term, AddRows add_rows) {
    while (size != 0) {
      const std::size_t now = std::min(size, norm_block - filled_);
      add_within_block(x, now, term, add_rows);
      x += now, size -= now, filled_ += now;
      if (filled_ == norm_block) close_block();
    }
  }

  constexpr double total() const {
    double sum = filled_ != 0 ? lanes_total() : 0;
    for (int level = 0; level < 64; ++level)
      if (blocks_ >> level & 1) sum = level_[level] + sum;
    return sum;
  }

 private:
  template <class Term, class T, class AddRows>
  constexpr void add_within_block(const T* x, std::size_t size, Term, AddRows add_rows) {
    const auto one = [&](std::size_t at) { lane_[at % norm_lanes] += opaque(Term::of(static_cast<double>(*x))), ++x; };
    std::size_t at = filled_;
    const std::size_t end = filled_ + size;
    while (at != end && at % norm_lanes != 0) one(at++);
    const std::size_t rows = (end - at) / norm_lanes;
    if (rows != 0) add_rows(x, rows, lane_);
    x += rows * norm_lanes, at += rows * norm_lanes;
    while (at != end) one(at++);
  }

  constexpr double lanes_total() const {
    double sum[norm_lanes];
    for (std::size_t j = 0; j < norm_lanes; ++j) sum[j] = lane_[j];
    for (std::size_t half = norm_lanes / 2; half != 0; half /= 2)
      for (std::size_t j = 0; j < half; ++j) sum[j] += sum[j + half];
    return sum[0];
  }

  // Adds a block the way a binary counter counts: equal subtrees merge.
  constexpr void close_block() {
    double sum = lanes_total();
    int level = 0;
    for (; blocks_ >> level & 1; ++level) sum = level_[level] + sum;
    level_[level] = sum;
    ++blocks_, filled_ = 0;
    for (double& lane : lane_) lane = 0;
  }

  double lane_[norm_lanes]{};
  double level_[64]{};
  std::uint64_t blocks_ = 0;
  std::size_t filled_ = 0;
};

}  // namespace gradus
