// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_sweep.hpp>
#include <gradus/core/finite.hpp>
#include <gradus/core/norm_tree.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace gradus::backend {

using namespace detail;

/// How a chain's node is reduced over all elements.
struct Reduction {
  enum Kind : std::uint8_t {
    squares,     ///< the sum of (scale x)^2
    magnitudes,  ///< the sum of |scale x|
    largest,     ///< the largest |x|; infinity and NaN are larger than numbers
    products,    ///< the sum of x y
    non_finite,  ///< the first x that is not finite: 4 times its place, plus 0 for NaN, 1 and 2 for the infinities
  };
  Kind kind = squares;
  double scale = 1;

  /// The neutral element.
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

/// The first half of a reduction: thread `index` computes `width` lanes of a block, each in the order of `NormTree`.
template <class Chain, class Leaf, std::size_t Count, class Draws = DeviceDraws<>>
struct DeviceLanes {
  using T = arithmetic_t<typename Leaf::Element>;
  static constexpr std::size_t width = Tiling::lanes, threads = norm_lanes / width;  ///< per block
  static constexpr std::size_t rows = norm_block / norm_lanes;
  static constexpr std::size_t at_once = Chain::reads_parameter || Chain::slot_count != 0 ? 4 : 8;

  DeviceTable<Leaf> table;
  DeviceScalars<T, Chain::scalar_count, Draws> scalars;
  Reduction reduction[Count];
  double* out = nullptr;  ///< Count times the lanes of all blocks
  std::size_t blocks = 0;
  bool negate = false;
  bool by_leaf = false;  ///< every leaf begins a new block

  GRADUS_DEVICE void operator()(std::size_t index) const {
    const std::size_t block = index / threads, lane = index % threads * width, first = block * norm_block + lane;
    double sum[Count][width];
    unrolled<Count>([&]<std::size_t k>() {
      for (std::size_t v = 0; v < width; ++v) sum[k][v] = reduction[k].none();
    });
    const std::size_t row = table.at_block(by_leaf, block);
    const Leaf leaf = table.leaf(row);
    const bool whole = first - lane >= begin(leaf) && first - lane + norm_block <= begin(leaf) + leaf.size;
    const std::size_t i = first - begin(leaf);
    // The most common case has no branches in its loop.
    if (!whole) add_some(sum, row, first);
    else if (!leaf.aligned || i % width != 0) add_all<1>(sum, leaf, i, reduction);
    else if (Count == 1 && reduction[0].kind == Reduction::squares && reduction[0].scale == 1)
      add_all<width>(sum, leaf, i, Plain{});
    else add_all<width>(sum, leaf, i, reduction);
    unrolled<Count>([&]<std::size_t k>() {
      for (std::size_t v = 0; v < width; ++v) out[(k * blocks + block) * norm_lanes + lane + v] = sum[k][v];
    });
  }

 private:
  struct Plain {
    GRADUS_DEVICE constexpr Reduction operator[](std::size_t) const { return {}; }
  };

  GRADUS_DEVICE std::size_t begin(const Leaf& leaf) const { return by_leaf ? leaf.begin[1] : leaf.begin[0]; }

  template <std::size_t K>
  static constexpr short node_of = Chain::measured.of[K];

  // Adds element v to lane v + `lane` of the sums.
  template <std::size_t N, class How>
  GRADUS_DEVICE void add(double (&sum)[Count][width], std::size_t lane, const DeviceGroup<Chain, Leaf, N>& elements,
                         const T* scalar, std::size_t place, const How& how) const {
    unrolled<N>([&]<std::size_t v>() {
      T done[Chain::graph.size];
      elements.run(v, scalar, done);
      unrolled<Count>([&]<std::size_t k>() {
        // Either all reductions read one node, or each its own pair.
        constexpr std::size_t pair = Chain::measured.count == 1 ? 0 : 2 * k, last = Chain::measured.count - 1;
        if constexpr (pair <= last) {
          const T x = done[node_of<pair>], y = done[node_of<(pair < last ? pair + 1 : last)>];
          double& mine = sum[k][lane + v];
          if constexpr (std::is_same_v<How, Plain> && sizeof(T) < sizeof(double))
            mine = std::fma(static_cast<double>(x), static_cast<double>(x), mine);  // an exact square
          else mine = how[k].both(mine, how[k].term(x, y, place + v));
        }
      });
    });
  }

  // Adds a block that lies in one leaf, N elements at once.
  template <std::size_t N, class How>
  GRADUS_DEVICE void add_all(double (&sum)[Count][width], const Leaf& leaf, std::size_t i, const How& how) const {
    T scalar[Chain::scalar_count + 1];
    scalars.read(leaf.number, scalar);
    for (std::size_t r = 0; r < rows; r += at_once, i += at_once * norm_lanes)
      unrolled<width / N>([&]<std::size_t part>() {
        DeviceGroup<Chain, Leaf, N> elements[at_once];
        for (std::size_t k = 0; k < at_once; ++k)
          elements[k].load(leaf, i + k * norm_lanes + part * N, negate, scalars);
        for (std::size_t k = 0; k < at_once; ++k)
          add(sum, part * N, elements[k], scalar, leaf.begin[0] + i + k * norm_lanes + part * N, how);
      });
  }

  // Adds any other block, in which leaves end.
  GRADUS_DEVICE void add_some(double (&sum)[Count][width], std::size_t row, std::size_t first) const {
    unrolled<width>([&]<std::size_t v>() {
      T scalar[Chain::scalar_count + 1];
      std::size_t here = row;
      Leaf leaf = table.leaf(here);
      scalars.read(leaf.number, scalar);
      for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t place = first + v + r * norm_lanes;
        while (place >= begin(leaf) + leaf.size) {
          if (by_leaf || here + 1 == table.count) return;
          leaf = table.leaf(++here);
          scalars.read(leaf.number, scalar);
        }
        const std::size_t i = place - begin(leaf);
        DeviceGroup<Chain, Leaf, 1> element;
        element.load(leaf, i, negate, scalars), add(sum, v, element, scalar, leaf.begin[0] + i, reduction);
      }
    });
  }
};

/// The second half: thread `index` combines the lanes of a block.
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

/// Leaves less to the host: thread `index` combines a tree of blocks, or passes on a block behind the last tree.
struct DeviceTrees {
  static constexpr int level = 6;
  static constexpr std::size_t blocks_of_tree = std::size_t{1} << level;

  /// How many trees so many blocks form (few blocks form none), and how many numbers are then left.
  static constexpr std::size_t trees(std::size_t blocks) { return blocks < 512 ? 0 : blocks / blocks_of_tree; }
  static constexpr std::size_t left(std::size_t blocks) { return blocks - trees(blocks) * (blocks_of_tree - 1); }

  const double* blocks = nullptr;
  double* out = nullptr;
  std::size_t count = 0;  ///< trees
  Reduction how;

  GRADUS_DEVICE void operator()(std::size_t index) const {
    if (index >= count) {
      out[index] = blocks[index + count * (blocks_of_tree - 1)];
      return;
    }
    double node[blocks_of_tree];
    for (std::size_t b = 0; b < blocks_of_tree; ++b) node[b] = blocks[index * blocks_of_tree + b];
    for (std::size_t half = blocks_of_tree / 2; half != 0; half /= 2)
      for (std::size_t b = 0; b < half; ++b) node[b] = how.both(node[2 * b], node[2 * b + 1]);
    out[index] = node[0];
  }
};

}  // namespace gradus::backend
