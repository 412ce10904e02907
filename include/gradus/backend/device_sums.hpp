// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sweep.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/norm_tree.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace gradus::backend {

/// What is made of all elements of some node of a chain.
struct Reduction {
  enum Kind : std::uint8_t {
    squares,     ///< the sum of (scale x)^2
    magnitudes,  ///< the sum of |scale x|
    largest,     ///< the largest |x|; infinity and NaN are larger than numbers
    products,    ///< the sum of x y
    non_finite,  ///< the first x that is no number: 4 times its place, and 0 for NaN, 1 and 2 for the infinities
  };
  Kind kind = squares;
  double scale = 1;

  /// What changes nothing.
  GRADUS_DEVICE constexpr double none() const {
    return kind == largest ? 0.0 : kind == non_finite ? __builtin_bit_cast(double, ~std::uint64_t{0}) : -0.0;
  }
  GRADUS_DEVICE constexpr double both(double a, double b) const {
    const auto x = __builtin_bit_cast(std::uint64_t, a), y = __builtin_bit_cast(std::uint64_t, b);
    if (kind == largest) return x < y ? b : a;
    if (kind == non_finite) return y < x ? b : a;
    return a + b;
  }
  template <class T>
  GRADUS_DEVICE constexpr double term(T x, T y, std::size_t place) const {
    const double wide = static_cast<double>(x);
    switch (kind) {
      case squares: return lone_product(scale * wide, scale * wide);
      case magnitudes: return __builtin_bit_cast(double, magnitude_bits(scale * wide));
      case largest: return __builtin_bit_cast(double, magnitude_bits(wide));
      case products: return lone_product(wide, static_cast<double>(y));
      default: break;
    }
    if (is_finite(x)) return none();
    return __builtin_bit_cast(double, 4 * std::uint64_t{place} + (is_nan(x) ? 0u : x > T(0) ? 1u : 2u));
  }
};

/// The first half of a reduction: thread `index` makes lane `index % norm_lanes` of block `index / norm_lanes`, each in
/// the order of `NormTree`.
template <class Chain, class Leaf, std::size_t Count>
struct DeviceLanes {
  using T = arithmetic_t<typename Leaf::Element>;
  static constexpr std::size_t rows = norm_block / norm_lanes, at_once = 8;

  DeviceTable<Leaf> table;
  DeviceScalars<T, Chain::scalar_count> scalars;
  Reduction reduction[Count];
  double* out = nullptr;  ///< Count times the lanes of all blocks
  std::size_t blocks = 0;
  bool negate = false;
  bool by_leaf = false;  ///< every leaf begins a block

  GRADUS_DEVICE void operator()(std::size_t index) const {
    const std::size_t block = index / norm_lanes, first = block * norm_block + index % norm_lanes;
    double sum[Count];
    unrolled<Count>([&]<std::size_t k>() { sum[k] = reduction[k].none(); });
    const std::size_t row = table.at_block(by_leaf, block);
    if (const Leaf leaf = table.leaf(row); holds(leaf, block)) add_all(sum, leaf, first - begin(leaf));
    else add_some(sum, row, first);
    unrolled<Count>([&]<std::size_t k>() { out[k * blocks * norm_lanes + index] = sum[k]; });
  }

 private:
  GRADUS_DEVICE std::size_t begin(const Leaf& leaf) const { return by_leaf ? leaf.begin[1] : leaf.begin[0]; }
  GRADUS_DEVICE bool holds(const Leaf& leaf, std::size_t block) const {
    return block * norm_block >= begin(leaf) && (block + 1) * norm_block <= begin(leaf) + leaf.size;
  }

  GRADUS_DEVICE void add(double* sum, const DeviceGroup<Chain, Leaf, 1>& element, const T* scalar,
                         std::size_t place) const {
    T done[Chain::graph.size];
    element.run(0, scalar, done);
    unrolled<Count>([&]<std::size_t k>() {
      // All is made of one node, or each of a pair of its own.
      constexpr std::size_t pair = Chain::measured.count == 1 ? 0 : 2 * k, last = Chain::measured.count - 1;
      if constexpr (pair <= last) {
        constexpr short x = Chain::measured.of[pair], y = Chain::measured.of[pair < last ? pair + 1 : last];
        sum[k] = reduction[k].both(sum[k], reduction[k].term(done[x], done[y], place));
      }
    });
  }

  // Of a block that lies in one leaf.
  GRADUS_DEVICE void add_all(double* sum, const Leaf& leaf, std::size_t i) const {
    T scalar[Chain::scalar_count + 1];
    scalars.read(leaf.number, scalar);
    for (std::size_t r = 0; r < rows; r += at_once, i += at_once * norm_lanes) {
      DeviceGroup<Chain, Leaf, 1> element[at_once];
      for (std::size_t k = 0; k < at_once; ++k) element[k].load(leaf, i + k * norm_lanes, negate);
      for (std::size_t k = 0; k < at_once; ++k) add(sum, element[k], scalar, leaf.begin[0] + i + k * norm_lanes);
    }
  }

  // Of any other: leaves end in it.
  GRADUS_DEVICE void add_some(double* sum, std::size_t row, std::size_t place) const {
    T scalar[Chain::scalar_count + 1];
    Leaf leaf = table.leaf(row);
    scalars.read(leaf.number, scalar);
    for (std::size_t r = 0; r < rows; ++r, place += norm_lanes) {
      while (place >= begin(leaf) + leaf.size) {
        if (by_leaf || row + 1 == table.count) return;
        leaf = table.leaf(++row);
        scalars.read(leaf.number, scalar);
      }
      const std::size_t i = place - begin(leaf);
      DeviceGroup<Chain, Leaf, 1> element;
      element.load(leaf, i, negate), add(sum, element, scalar, leaf.begin[0] + i);
    }
  }
};

/// The second half: thread `index` puts the lanes of a block together.
struct DeviceBlocks {
  const double* lanes = nullptr;
  double* out = nullptr;
  Reduction how;

  GRADUS_DEVICE void operator()(std::size_t index) const {
    double lane[norm_lanes];
    for (std::size_t j = 0; j < norm_lanes; ++j) lane[j] = lanes[index * norm_lanes + j];
    for (std::size_t half = norm_lanes / 2; half != 0; half /= 2)
      for (std::size_t j = 0; j < half; ++j) lane[j] = how.both(lane[j], lane[j + half]);
    out[index] = lane[0];
  }
};

}  // namespace gradus::backend
