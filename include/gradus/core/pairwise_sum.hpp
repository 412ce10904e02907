// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>

namespace gradus {

/// Adds numbers that come one by one as a balanced tree would: equal subtrees merge, the way a binary counter counts.
class PairwiseSum {
 public:
  /// Adds the sum of 2^level numbers, where a multiple of so many came before.
  constexpr void add(double sum, int level = 0) {
    const std::uint64_t numbers = std::uint64_t{1} << level;
    for (; count_ >> level & 1; ++level) sum = level_[level] + sum;
    level_[level] = sum;
    count_ += numbers;
  }

  /// The sum of all, to which `rest` comes last.
  constexpr double total(double rest = 0) const {
    for (std::uint64_t left = count_; left != 0; left &= left - 1) rest = level_[std::countr_zero(left)] + rest;
    return rest;
  }

  constexpr bool empty() const { return count_ == 0; }
  /// Begins anew.
  constexpr void clear() { count_ = 0; }

 private:
  double level_[64];  // those that `count_` counts; the rest is never read
  std::uint64_t count_ = 0;
};

}  // namespace gradus
