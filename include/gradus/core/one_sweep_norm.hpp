// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/norm_tree.hpp>
#include <gradus/core/number.hpp>
#include <gradus/core/square_root.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus {

/// A Euclidean norm of numbers that are seen once, as for a report: sums their squares and, for doubles, those of two
/// scaled copies, and uses a sum that neither overflowed nor vanished.
/// Source  Blue (1978).
template <class Backend>
class OneSweepNorm {
 public:
  /// Takes the next numbers.
  template <class T>
  void add(const T* x, std::size_t size) {
    add_squares(plain_, x, size);
    if constexpr (sizeof(number_value_t<T>) >= sizeof(double))
      for (std::size_t first = 0; first < size; first += buffer) {
        const std::size_t count = std::min(buffer, size - first);
        add_scaled(small_, x + first, count, unit);
        add_scaled(large_, x + first, count, 1 / unit);
      }
  }

  double value() const {
    const double sum = plain_.total(), small = small_.total(), large = large_.total();  // the last two 0 for floats
    if (!tells_all(sum) && sum > 1 && large > 0) return square_root(large) * unit;
    if (!tells_all(sum) && sum < 1 && small > 0) return square_root(small) / unit;
    return square_root(sum);
  }

 private:
  static constexpr std::size_t buffer = 256;
  static constexpr double unit = 0x1p600;

  template <class T>
  static void add_squares(NormTree<Backend>& tree, const T* x, std::size_t size) {
    tree.template add<Square>(x, size);
  }

  template <class T>
  static void add_scaled(NormTree<Backend>& tree, const T* x, std::size_t size, double scale) {
    double scaled[buffer];
    for (std::size_t i = 0; i < size; ++i) scaled[i] = static_cast<double>(value_of_number(x[i])) * scale;
    add_squares(tree, scaled, size);
  }

  NormTree<Backend> plain_, small_, large_;
};

}  // namespace gradus
