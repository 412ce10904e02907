// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/opaque.hpp>
#include <gradus/core/pairwise_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace gradus::detail {

/// How many sums run side by side: the element with global index i goes to sum i % norm_lanes.
inline constexpr std::size_t norm_lanes = 32;
/// How many elements a block has; blocks are the leaves of the tree of sums.
inline constexpr std::size_t norm_block = 4096;

/// How many blocks are summed at once.
inline constexpr std::size_t blocks_at_once = 1024;

/// A term of a sum: never below 0, nor -0.
struct Square {
  template <class V>
  static constexpr V of(V x) {
    return x * x;
  }
  /// Whether the term of a T is exact in double, so that fusing it with the sum changes nothing.
  template <class T>
  static constexpr bool exact = sizeof(number_value_t<T>) < sizeof(double);
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
  const double term = Term::of(static_cast<double>(value_of_number(x)));
  if constexpr (Term::template exact<T>) return term;
  else return opaque(term);
}

/// The product of x and y in double, rounded on its own.
template <class T>
constexpr double wide_product(T x, T y) {
  const double product = static_cast<double>(value_of_number(x)) * static_cast<double>(value_of_number(y));
  if constexpr (Square::exact<T>) return product;
  else return opaque(product);
}

/// Whether a sum of squares or magnitudes neither overflowed nor lost anything that a double could show. A sum of 0 is
/// exact for floats, not for doubles.
constexpr bool tells_all(double sum) { return sum >= 1e-270 && is_finite(sum); }

/// The sum of N numbers, N a power of two: the second half is added to the first, and so on.
template <std::size_t N>
constexpr double sum_in_halves(double (&x)[N]) {
  for (std::size_t half = N / 2; half != 0; half /= 2)
    for (std::size_t j = 0; j < half; ++j) x[j] += x[j + half];
  return x[0];
}

/// A sum in double over all elements of all leaves, added in one fixed order that depends on an element's global index
/// alone: not on the leaves, the instruction set, or how the elements arrive. Within a block, `norm_lanes` sums run
/// side by side and are then added in halves; blocks are added pairwise.
template <class Backend>
class NormTree {
 public:
  /// Adds the next `size` elements.
  template <class Term, class T>
  constexpr void add(const T* x, std::size_t size) {
    if (filled_ == 0 && size <= few) {
      for (std::size_t i = 0; i < few; ++i) {
        if (i == size) break;  // inside the loop, so that no compiler vectorizes so few elements
        lane_[i] = term_of<Term>(x[i]);
      }
      filled_ = size;
      return;
    }
    while (size != 0) {
      const std::size_t now =
          filled_ == 0 && size >= norm_block ? add_blocks<Term>(x, size / norm_block) : add_within_block<Term>(x, size);
      x += now, size -= now;
    }
  }

  /// The sum, if these are all elements.
  template <class Term, class T>
  static constexpr double sum_of(const T* x, std::size_t size) {
    if (size <= few) return halves([x](std::size_t i) { return term_of<Term>(x[i]); }, size);
    return size <= norm_block ? Backend::template sum_of_block<Term>(x, size) : sum_of_blocks<Term>(x, size);
  }

  /// Begins anew.
  constexpr void clear() { blocks_.clear(), filled_ = 0; }

  constexpr double total() const {
    if (filled_ > few) return blocks_.total(Backend::total_of_lanes(lane_));
    return blocks_.total(halves([this](std::size_t i) { return lane_[i]; }, filled_));
  }

 private:
  template <class Term, class T>
  [[gnu::noinline]] static constexpr double sum_of_blocks(const T* x, std::size_t size) {
    NormTree tree;
    tree.add<Term>(x, size);
    return tree.total();
  }

  // With so few elements, the lanes behind them stay unset.
  static constexpr std::size_t few = 4;

  // Adds up to `count` blocks, which several threads may sum, a block each; returns how many elements that was.
  template <class Term, class T>
  constexpr std::size_t add_blocks(const T* x, std::size_t count) {
    double sum[blocks_at_once];
    count = std::min(count, blocks_at_once);
    Backend::each_block(
        count, [&](std::size_t k) { sum[k] = Backend::template sum_of_block<Term>(x + k * norm_block, norm_block); });
    for (std::size_t k = 0; k < count; ++k) blocks_.add(sum[k]);
    return count * norm_block;
  }

  // Adds the next elements of a block; returns how many.
  template <class Term, class T>
  constexpr std::size_t add_within_block(const T* x, std::size_t size) {
    size = std::min(size, norm_block - filled_);
    const std::size_t now = size;
    if (filled_ == 0) {
      Backend::template set_lanes<Term>(x, size, lane_);
    } else {
      if (filled_ <= few) std::fill(lane_ + filled_, lane_ + norm_lanes, 0.0);
      for (std::size_t at = filled_; size != 0 && at % norm_lanes != 0; ++at, ++x, --size)
        lane_[at % norm_lanes] += term_of<Term>(*x);
      if (size != 0) Backend::template add_lanes<Term>(x, size, lane_);
    }
    filled_ += now;
    if (filled_ == norm_block) blocks_.add(Backend::total_of_lanes(lane_)), filled_ = 0;
    return now;
  }

  // The sum in halves of the first lanes, as if zeros followed; written out, so that two lanes need no copies.
  template <class Lane>
  static constexpr double halves(Lane lane, std::size_t size) {
    if (size <= 2) return size == 0 ? 0 : size == 1 ? lane(0) : lane(0) + lane(1);
    return size == 3 ? lane(0) + lane(2) + lane(1) : (lane(0) + lane(2)) + (lane(1) + lane(3));
  }

  alignas(64) double lane_[norm_lanes];  // no register of them may cross a cache line when stored and reloaded
  PairwiseSum blocks_;
  std::size_t filled_ = 0;
};

}  // namespace gradus::detail
