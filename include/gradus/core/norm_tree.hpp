// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/pairwise_sum.hpp>
#include <gradus/core/repeat.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

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
  /// Whether a term of a T is exact in double, so that it does not matter whether it is fused with the sum.
  template <class T>
  static constexpr bool exact = sizeof(T) < sizeof(double);
};
struct Magnitude {
  template <class V>
  static constexpr V of(V x) {
    using std::abs;
    return abs(x);
  }
  template <class T>
  static constexpr bool exact = true;
};

/// The term of x in double, rounded on its own.
template <class Term, class T>
constexpr double term_of(T x) {
  const double term = Term::of(static_cast<double>(x));
  if constexpr (Term::template exact<T>) return term;
  else return opaque(term);
}

/// Whether a sum of squares or magnitudes neither overflowed nor lost anything that a double could show. 0 is exact in
/// float, not in double.
constexpr bool tells_all(double sum) { return sum >= 1e-270 && sum <= std::numeric_limits<double>::max(); }

/// A sum in double over all elements of all leaves, added in one fixed order that follows from an element's global
/// index alone: not from the leaves, the instruction set, or how the elements arrive. Sums of `norm_lanes` run side by
/// side within a block; blocks are added pairwise.
class NormTree {
 public:
  /// Adds the next `size` elements. `add_rows(x, rows, lane)` adds whole rows of `norm_lanes`.
  template <class Term, class T, class AddRows>
  constexpr void add(const T* x, std::size_t size, Term term, AddRows add_rows) {
    if (filled_ == 0 && size <= norm_lanes / 2) {  // few elements: they are all lanes there are
      for (std::size_t i = 0; i < norm_lanes / 2; ++i) {
        if (i == size) break;  // from within, so that no compiler vectorizes what is too short for it
        lane_[i] = term_of<Term>(x[i]);
      }
      filled_ = size;
      return;
    }
    while (size != 0) {
      const std::size_t now = std::min(size, norm_block - filled_);
      add_within_block(x, now, term, add_rows);
      x += now, size -= now, filled_ += now;
      if (filled_ == norm_block) blocks_.add(lanes_total()), filled_ = 0;
    }
  }

  /// Begins anew.
  constexpr void clear() { blocks_.clear(), filled_ = 0; }

  constexpr double total() const { return blocks_.total(filled_ != 0 ? lanes_total() : 0); }

 private:
  template <class Term, class T, class AddRows>
  constexpr void add_within_block(const T* x, std::size_t size, Term, AddRows add_rows) {
    const auto one = [&](std::size_t at) {
      double& lane = lane_[at % norm_lanes];
      lane = at < norm_lanes ? term_of<Term>(*x) : lane + term_of<Term>(*x);
      ++x;
    };
    std::size_t at = filled_;
    const std::size_t end = filled_ + size;
    while (at != end && at % norm_lanes != 0) one(at++);
    const std::size_t rows = (end - at) / norm_lanes, rest = (end - at) % norm_lanes;
    if (rows == 0) {
      while (at != end) one(at++);
      return;
    }
    // What is left behind the rows comes first, because it is written one by one, and a register that reads such at
    // once waits for memory. Adding -0 changes nothing.
    double last[norm_lanes];
    std::fill_n(last, norm_lanes, -0.0);
    for (std::size_t j = 0; j < rest; ++j) last[j] = term_of<Term>(x[rows * norm_lanes + j]);
    if (at == 0) std::fill_n(lane_, norm_lanes, 0.0);
    add_rows(x, rows, lane_);
    if (rest != 0)
      for (std::size_t j = 0; j < norm_lanes; ++j) lane_[j] += last[j];
  }

  constexpr double lanes_total() const { return halves<norm_lanes>(lane_, std::min(filled_, norm_lanes)); }

  // The sum of N lanes: lane j and lane j + N / 2 first, and so on. One that nothing has reached would hold 0, and
  // adding that changes nothing.
  template <std::size_t N>
  static constexpr double halves(const double* lane, std::size_t reached) {
    if constexpr (N == 1) {
      return lane[0];
    } else {
      constexpr std::size_t half = N / 2;
      if (reached <= half) return halves<half>(lane, reached);
      double sum[half];
      if (reached == N)
        for (std::size_t j = 0; j < half; ++j) sum[j] = lane[j] + lane[j + half];
      else  // one by one, as they were written
        repeat<half>([&](std::size_t j) { sum[j] = j + half < reached ? lane[j] + lane[j + half] : lane[j]; });
      return halves<half>(sum, half);
    }
  }

  double lane_[norm_lanes];  // those that `filled_` has reached; the rest is never read
  PairwiseSum blocks_;
  std::size_t filled_ = 0;
};

}  // namespace gradus
