// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/norm_tree.hpp>
#include <gradus/core/number.hpp>
#include <gradus/core/square_root.hpp>
#include <gradus/core/step.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus::detail {

/// Times this the squares of tiny doubles do not vanish, divided by it those of huge ones do not overflow.
inline constexpr double blue_unit = 0x1p600;

/// The norm by the one of three sums that neither overflowed nor vanished: of the numbers themselves, of tiny ones
/// times `blue_unit`, and of huge ones divided by it. `root` makes a norm of a sum.
template <class Root>
constexpr Norm sound_norm(double plain, double tiny, double huge, Root root) {
  if (!tells_all(plain) && plain > 1 && huge > 0) return {blue_unit, root(huge)};
  if (!tells_all(plain) && plain < 1 && tiny > 0) return {1 / blue_unit, root(tiny)};
  return {1, root(plain)};
}

/// A Euclidean norm of numbers that are seen once, as for a report: sums their squares and, for doubles, those of two
/// scaled copies, and uses a sum that neither overflowed nor vanished.
/// Source  Blue (1978).
template <class Backend>
class OneSweepNorm {
 public:
  /// Takes the next numbers.
  template <class T>
  void add(const T* x, std::size_t size) {
    plain_.template add<Square>(x, size);
    if constexpr (sizeof(number_value_t<T>) >= sizeof(double))
      for (std::size_t first = 0; first < size; first += buffer) {
        const std::size_t count = std::min(buffer, size - first);
        add_scaled(small_, x + first, count, blue_unit);
        add_scaled(large_, x + first, count, 1 / blue_unit);
      }
  }

  double value() const {
    return sound_norm(plain_.total(), small_.total(), large_.total(), square_root<double>).value();
  }

 private:
  static constexpr std::size_t buffer = 256;

  template <class T>
  static void add_scaled(NormTree<Backend>& tree, const T* x, std::size_t size, double scale) {
    double scaled[buffer];
    for (std::size_t i = 0; i < size; ++i) scaled[i] = static_cast<double>(value_of_number(x[i])) * scale;
    tree.template add<Square>(scaled, size);
  }

  NormTree<Backend> plain_, small_, large_;
};

}  // namespace gradus::detail
