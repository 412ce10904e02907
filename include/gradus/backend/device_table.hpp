// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/device.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/tensor.hpp>

#include <cstddef>
#include <cstdint>

namespace gradus::backend {

/// How a device walks memory: a thread takes `groups` groups of 16 bytes of elements, and `threads` threads a tile.
/// No tile belongs to two leaves.
struct Tiling {
  static constexpr std::size_t threads = 256, groups = 2;
  static constexpr std::size_t lanes = 4;  ///< of a norm, per thread
  template <class T>
  static constexpr std::size_t group = 16 / sizeof(T);
  template <class T>
  static constexpr std::size_t tile = threads * groups * group<T>;
};

/// A leaf as a kernel sees it.
template <class E, class Gradient, class Stored, std::size_t Slots>
struct DeviceLeaf {
  using Element = E;
  using GradientElement = Gradient;
  using Slot = Stored;

  E* parameter = nullptr;
  const void* gradient = nullptr;
  Stored* slot[Slots + 1]{};
  std::size_t size = 0;
  std::size_t begin[2]{};  ///< first element, counted over all leaves: without gaps, and in whole blocks of a norm
  std::uint32_t first_tile = 0;
  std::uint32_t number = 0;  ///< in the state
  bool own_gradient = true;  ///< it has elements of type E
  bool aligned = true;       ///< every stream begins where a group can be moved at once

  bool operator==(const DeviceLeaf&) const = default;
};

/// All leaves of one element type: rows in the device's memory, or, for a lone leaf, in the kernel's arguments.
template <class Leaf>
struct DeviceTable {
  Leaf lone;
  const Leaf* leaves = nullptr;
  const std::uint32_t* leaf_of_tile = nullptr;
  const std::uint32_t* leaf_of_block[2]{};  ///< of a norm, in both numberings
  std::size_t count = 0;
  std::size_t size[2]{};  ///< elements in both numberings
  std::size_t tiles = 0;

  std::size_t blocks(bool by_leaf) const { return (size[by_leaf] + norm_block - 1) / norm_block; }

  // By value: a reference to an argument would force all of them into memory.
  GRADUS_DEVICE Leaf at_tile(std::size_t tile) const { return leaves ? leaves[leaf_of_tile[tile]] : lone; }
  GRADUS_DEVICE std::size_t at_block(bool by_leaf, std::size_t block) const {
    return leaves ? (by_leaf ? leaf_of_block[1] : leaf_of_block[0])[block] : 0;
  }
  GRADUS_DEVICE Leaf leaf(std::size_t row) const { return leaves ? leaves[row] : lone; }
};

/// What the host says about a step, staged in the device's memory; the scalars follow it, `stride` from leaf to leaf.
struct alignas(16) DeviceControl {
  enum Mode : std::uint32_t { rests = 0, steps = 1, gathers = 2 };
  std::uint32_t mode = rests;
  std::uint32_t stride = 0;
  std::int64_t step = 0;  ///< of the run
};

/// The scalars of a step: a kernel's arguments, or, if they depend on what was measured, in the device's memory.
template <class T, std::size_t Count>
struct DeviceScalars {
  T own[Count + 1]{};
  const DeviceControl* staged = nullptr;
  std::int64_t own_step = 0;

  GRADUS_DEVICE bool in(std::uint32_t mode) const { return !staged || staged->mode == mode; }
  GRADUS_DEVICE std::int64_t step() const { return staged ? staged->step : own_step; }
  GRADUS_DEVICE void read(std::uint32_t leaf, T (&to)[Count + 1]) const {
    if (staged) {
      const T* from = reinterpret_cast<const T*>(staged + 1) + std::size_t{leaf} * staged->stride;
      for (std::size_t k = 0; k < Count; ++k) to[k] = from[k];
    } else {
      for (std::size_t k = 0; k < Count; ++k) to[k] = own[k];
    }
  }
};

}  // namespace gradus::backend
