// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gradus::detail {

/// The clocks of a run, each a step count and what policies keep: row 0 is the run's, row 1 + l that of leaf l. A
/// device's steps advance only the first leaf's while all are equal (`make_even`); readers of other rows do not notice.
class ClockRows {
 public:
  void start(std::span<const double> start, std::size_t rows) {
    size_ = start.size(), even_ = Even::unknown;
    numbers_.assign(rows * size_, 0);
    for (std::size_t i = 0; i < numbers_.size(); ++i) numbers_[i] = start[i % size_];
  }

  bool empty() const { return numbers_.empty(); }
  /// Steps of the run.
  std::int64_t count() const { return static_cast<std::int64_t>(numbers_[0]); }

  std::span<const double> row(std::size_t row) const {
    return {numbers_.data() + (even_ == Even::yes ? std::min<std::size_t>(row, 1) : row) * size_, size_};
  }
  /// For writing: from here on nothing is known to be even.
  std::span<double> row(std::size_t row) {
    spread(), even_ = Even::unknown;
    return {numbers_.data() + row * size_, size_};
  }
  /// The raw rows, for callers that keep them consistent themselves.
  double* data() { return numbers_.data(); }

  /// Whether all leaves' clocks are equal; then only the first advances from here on.
  bool make_even() {
    if (even_ == Even::unknown) {
      even_ = Even::yes;
      for (std::size_t other = 2; other < rows(); ++other)
        if (!std::equal(leaf(0), leaf(1), leaf(other - 1))) even_ = Even::no;
    }
    return even_ == Even::yes;
  }
  bool is_uneven() const { return even_ == Even::no; }
  /// From here on, every leaf's clock advances.
  void make_uneven() { spread(), even_ = Even::no; }

  /// Makes them what they were for a step that was captured; false if they were even and cannot be.
  bool go_on(bool even) {
    if (even) return make_even();
    if (!is_uneven()) make_uneven();
    return true;
  }

  friend bool operator==(const ClockRows& a, const ClockRows& b) {
    if (a.size_ != b.size_ || a.rows() != b.rows()) return false;
    for (std::size_t row = 0; row < a.rows(); ++row)
      if (!std::equal(a.row(row).begin(), a.row(row).end(), b.row(row).begin(), same_bits)) return false;
    return true;
  }

 private:
  static bool same_bits(double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  }

  enum class Even : unsigned char { unknown, yes, no };

  std::size_t rows() const { return size_ == 0 ? 0 : numbers_.size() / size_; }
  const double* leaf(std::size_t l) const { return numbers_.data() + (1 + l) * size_; }
  void spread() {
    if (even_ != Even::yes) return;
    for (std::size_t row = 2; row < rows(); ++row) std::copy_n(leaf(0), size_, numbers_.data() + row * size_);
  }

  std::size_t size_ = 1;  // numbers of a row
  std::vector<double> numbers_;
  Even even_ = Even::unknown;
};

}  // namespace gradus::detail
