// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_draws.hpp>
#include <gradus/core/device.hpp>
#include <gradus/core/norm_tree.hpp>
#include <gradus/core/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace gradus::backend {

using namespace detail;

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

/// What the host says about a step, staged in the device's memory. Behind it lie the policies that draw, if there are
/// any, and the scalars, `stride` from leaf to leaf.
struct alignas(16) DeviceControl {
  enum Mode : std::uint32_t { rests = 0, steps = 1, gathers = 2 };
  std::uint32_t mode = rests;
  std::uint32_t stride = 0;
  std::int64_t step = 0;  ///< of the run
};

/// The numbers of a step: a kernel's arguments, or, if they depend on what was measured, in the device's memory.
template <class T, std::size_t Count, class Draws = DeviceDraws<>>
struct DeviceScalars {
  T own[Count + 1]{};
  const DeviceControl* staged = nullptr;
  std::int64_t own_step = 0;
  Draws own_draws{};

  /// How many bytes lie between the staged control and the scalars.
  static constexpr std::size_t draws_room = std::is_empty_v<Draws> ? 0 : (sizeof(Draws) + 15) / 16 * 16;

  GRADUS_DEVICE bool in(std::uint32_t mode) const { return !staged || staged->mode == mode; }
  /// Draws every stream of adjacent elements of a leaf, the first of which is element i.
  template <class Group>
  GRADUS_DEVICE void draw(std::uint32_t leaf, std::size_t i, Group* to) const {
    if (staged) (*reinterpret_cast<const Draws*>(staged + 1))(staged->step, leaf, i, to);
    else own_draws(own_step, leaf, i, to);
  }
  GRADUS_DEVICE void read(std::uint32_t leaf, T (&to)[Count + 1]) const {
    if (staged) {
      const auto* begin = reinterpret_cast<const std::byte*>(staged + 1) + draws_room;
      const T* from = reinterpret_cast<const T*>(begin) + std::size_t{leaf} * staged->stride;
      for (std::size_t k = 0; k < Count; ++k) to[k] = from[k];
    } else {
      for (std::size_t k = 0; k < Count; ++k) to[k] = own[k];
    }
  }
};

}  // namespace gradus::backend
