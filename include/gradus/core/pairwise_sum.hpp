// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>

namespace gradus::detail {

/// Adds numbers that come one by one as a balanced tree would: equal subtrees merge, like carries in a binary counter.
class PairwiseSum {
 public:
  /// Adds the sum of 2^level numbers; a multiple of 2^level must have come before.
  constexpr void add(double sum, int level = 0) {
    const std::uint64_t numbers = std::uint64_t{1} << level;
    for (; count_ >> level & 1; ++level) sum = level_[level] + sum;
    level_[level] = sum;
    count_ += numbers;
  }

  /// The sum of all numbers, with `rest` as the last one.
  constexpr double total(double rest = 0) const {
    for (std::uint64_t left = count_; left != 0; left &= left - 1) rest = level_[std::countr_zero(left)] + rest;
    return rest;
  }

  constexpr bool empty() const { return count_ == 0; }
  /// Begins anew.
  constexpr void clear() { count_ = 0; }

 private:
  double level_[64];  // only the levels whose bits `count_` has are ever read
  std::uint64_t count_ = 0;
};

}  // namespace gradus::detail
