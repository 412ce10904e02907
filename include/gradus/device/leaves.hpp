// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/device_table.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/memory.hpp>
#include <gradus/core/refuse.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace gradus::detail {

/// The leaves of one element type, listed for a device. What kernels read of them is copied there when it changes.
template <class Leaf>
class DeviceLeaves {
 public:
  using Table = backend::DeviceTable<Leaf>;
  using T = typename Leaf::Element;

  const Table& table() const { return table_; }
  std::span<const Leaf> rows() const { return rows_; }

  /// Lists the leaves that have a gradient; `slot(l, s)` is where slot s of leaf l lies. Calls before() if the list
  /// changes.
  template <class Backend, class Slot, class Before>
  void list(std::span<const detail::Leaf> leaves, const Backend& backend, const Space& space, Slot slot,
            Before before) {
    fresh_.clear();
    Table table{};
    for (std::size_t l = 0; l < leaves.size(); ++l)
      if (!leaves[l].absent && leaves[l].element == &element_type<T>) add(leaves[l], l, slot, table);
    table.count = fresh_.size();
    if (fresh_ == rows_) return;
    if (captured_ && !std::ranges::equal(fresh_, rows_, same_leaf)) refuse_leaves();
    before();
    if (table.count == 1) table.lone = fresh_.front();
    else if (table.count > 1) write(table, backend, space);
    rows_.swap(fresh_), table_ = table;
  }

  /// Says that a graph reads the table from here on.
  void capture() { captured_ = in_graph_ = true; }

 private:
  static constexpr std::size_t tile = backend::Tiling::tile<T>;
  static constexpr std::size_t group = std::max(backend::Tiling::group<T>, backend::Tiling::lanes);

  template <class Slot>
  void add(const detail::Leaf& leaf, std::size_t l, Slot slot, Table& table) {
    Leaf row{};
    row.parameter = static_cast<T*>(leaf.parameter), row.size = leaf.size, row.number = static_cast<std::uint32_t>(l);
    row.own_gradient = leaf.gradient != nullptr || leaf.size == 0, row.gradient = leaf.gradient_memory;
    const std::size_t stored = row.own_gradient ? sizeof(T) : sizeof(typename Leaf::GradientElement);
    row.aligned = aligned(row.parameter, sizeof(T)) && aligned(row.gradient, stored);
    for (std::size_t s = 0; s + 1 < std::size(row.slot); ++s) {
      row.slot[s] = static_cast<typename Leaf::Slot*>(slot(l, s));
      row.aligned &= aligned(row.slot[s], sizeof(typename Leaf::Slot));
    }
    row.begin[0] = table.size[0], row.begin[1] = table.size[1];
    row.first_tile = static_cast<std::uint32_t>(table.tiles);
    table.size[0] += row.size, table.size[1] += (row.size + norm_block - 1) / norm_block * norm_block;
    table.tiles += (row.size + tile - 1) / tile;
    fresh_.push_back(row);
  }

  static bool same_leaf(const Leaf& a, const Leaf& b) { return a.number == b.number && a.size == b.size; }
  [[noreturn, gnu::noinline]] static void refuse_leaves() {
    refuse(
        "a graph captured a step of other leaves of this state; give a gradient for the same ones, or take another "
        "state for steps beside the graph");
  }

  static bool aligned(const void* first, std::size_t element) {
    return reinterpret_cast<std::uintptr_t>(first) % std::min<std::size_t>(16, group * element) == 0;
  }

  // The rows, then the row in which each tile and each block begins: one piece, one copy.
  template <class Backend>
  void write(Table& table, const Backend& backend, const Space& space) {
    const std::size_t row_bytes = fresh_.size() * sizeof(Leaf);
    const std::size_t maps[]{table.tiles, table.blocks(false), table.blocks(true)};
    const std::size_t bytes = row_bytes + (maps[0] + maps[1] + maps[2]) * sizeof(std::uint32_t);
    here_.resize(bytes);
    std::copy_n(reinterpret_cast<const std::byte*>(fresh_.data()), row_bytes, here_.data());
    auto* map = reinterpret_cast<std::uint32_t*>(here_.data() + row_bytes);
    map = fill(map, maps[0], tile, [](const Leaf& row) { return row.first_tile * tile; });
    map = fill(map, maps[1], norm_block, [](const Leaf& row) { return row.begin[0]; });
    fill(map, maps[2], norm_block, [](const Leaf& row) { return row.begin[1]; });

    const bool at_once = backend.capturing();  // a graph must not write it again
    const bool anew = there_.size() < bytes || at_once || in_graph_;
    Memory fresh = anew ? Memory(space, bytes) : Memory();
    Memory& to = anew ? fresh : there_;
    if (at_once) space.write(to.data(), here_.data(), bytes);
    else backend.copy(to.data(), here_.data(), bytes);
    if (in_graph_ && there_.size() != 0) of_graphs_.push_back(std::move(there_));
    if (anew) there_ = std::move(fresh), in_graph_ = false;
    table.leaves = reinterpret_cast<const Leaf*>(there_.data());
    const auto* first = reinterpret_cast<const std::uint32_t*>(there_.data() + row_bytes);
    table.leaf_of_tile = first;
    table.leaf_of_block[0] = first + maps[0], table.leaf_of_block[1] = first + maps[0] + maps[1];
  }

  // For every `step` elements the row that holds the first of them.
  template <class Begin>
  std::uint32_t* fill(std::uint32_t* to, std::size_t count, std::size_t step, Begin begin) const {
    std::size_t row = 0;
    for (std::size_t at = 0; at < count; ++at) {
      while (row + 1 < fresh_.size() && begin(fresh_[row + 1]) <= at * step) ++row;
      *to++ = static_cast<std::uint32_t>(row);
    }
    return to;
  }

  std::vector<Leaf> rows_, fresh_;
  std::vector<std::byte> here_;
  Memory there_;
  bool captured_ = false, in_graph_ = false;  ///< whether a graph reads one of the tables, and whether `there_`
  std::vector<Memory> of_graphs_;             ///< replaced tables that graphs still read
  Table table_{};
};

}  // namespace gradus::detail
