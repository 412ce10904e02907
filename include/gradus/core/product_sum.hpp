// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/norm_tree.hpp>

#include <algorithm>
#include <cstddef>

namespace gradus {

/// A number that is summed as it is.
struct Itself {
  template <class V>
  static constexpr V of(V x) {
    return x;
  }
  template <class T>
  static constexpr bool exact = true;
};

/// A sum of products in double, in the order of `NormTree`: products of floats are exact.
template <class Backend>
class ProductSum {
 public:
  /// Adds a[i] b[i]; `Same` says that both are the same numbers.
  template <bool Same, class T>
  void add(const T* a, const T* b, std::size_t size) {
    if constexpr (Same) {
      tree_.template add<Square>(a, size);
    } else {
      double product[buffer];
      for (std::size_t first = 0; first < size; first += buffer) {
        const std::size_t now = std::min(size - first, buffer);
        for (std::size_t i = 0; i < now; ++i)
          product[i] = static_cast<double>(a[first + i]) * static_cast<double>(b[first + i]);
        tree_.template add<Itself>(product, now);
      }
    }
  }

  /// The sum, and begins anew.
  double end() {
    const double total = tree_.total();
    tree_.clear();
    return total;
  }

 private:
  static constexpr std::size_t buffer = 256;

  NormTree<Backend> tree_;
};

}  // namespace gradus
