// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/memory.hpp>
#include <gradus/core/record.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/step.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/step/clock_rows.hpp>
#include <gradus/step/scratch.hpp>
#include <gradus/step/slot_layout.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus::detail {

/// What a `State` holds, as the engine sees it.
struct Kept {
  Scratch scratch;
  std::string_view composition;
  std::span<const Slot> slots;
  std::array<double, 2> skipped{};  ///< steps, in all and in a row
  std::size_t lines_end = 0;
  std::vector<LeafSlots> leaves;
  ClockRows clocks;
  Memory memory;

  /// Where the run stands before its next step, at a value of the objective.
  Instant instant(double value, bool down) const { return {clocks.count() + 1, clocks.row(0).data(), value, down}; }

  /// Returns when all steps in flight are done; see `State::wait`.
  void wait() const {
    if (scratch.running) scratch.running->wait();
  }

  /// Whether it has the leaves of another, so that taking its values over allocates nothing.
  bool fits(const Kept& other) const {
    return composition == other.composition && memory.size() == other.memory.size() &&
           &memory.space() == &other.memory.space() && leaves == other.leaves;
  }

  /// The number of a leaf.
  std::size_t find(std::string_view leaf) const {
    if (leaf.empty() && leaves.size() == 1) return 0;
    for (std::size_t l = 0; l < leaves.size(); ++l)
      if (leaves[l].name == leaf) return l;
    if (leaf.empty() && !leaves.empty())
      refuse({"the state has ", leaves.size(), " leaves; name one, such as \"", leaves[0].name, "\""});
    refuse({"the state has no leaf \"", leaf, "\"; State::visit shows all names"});
  }

  void prepare(std::string_view policies, std::span<const Slot> all) { composition = policies, slots = all; }

  template <class Storage, class X>
  void add_leaf(std::string name, const X& tensor) {
    leaves.push_back(LeafSlots::of<Storage>(std::move(name), tensor, lines_end));
    leaves.back().number = leaves.size() - 1;
    using Writable = std::remove_const_t<X>;
    check_block<Writable>(tensor_traits<Writable>::data(const_cast<Writable&>(tensor), leaves.back().order),
                          leaves.back().size);
    lines_end += leaves.back().lines_per_slot * slots.size();
  }

  /// Refuses two leaves of one name, by which all that is kept is found.
  void check_names() const {
    std::vector<std::string_view> names;
    for (const LeafSlots& leaf : leaves) names.push_back(leaf.name);
    std::ranges::sort(names);
    if (const auto same = std::ranges::adjacent_find(names); same != names.end())
      refuse({"two leaves are called \"", *same, "\"; give them names that no other path of the set spells"});
  }

  /// Allocates what the listed leaves need; every clock starts at `start`.
  void finish_leaves(std::span<const double> start, std::size_t sums, const Space& space) {
    memory = Memory(space, lines_end * sizeof(CacheLine));
    clocks.start(start, 1 + leaves.size());
    scratch.leaves.reserve(leaves.size());
    scratch.by_address.reserve(leaves.size());
    scratch.sums.resize(leaves.size() * sums);
  }

  /// Gives the slots of a leaf their first values.
  template <class Storage, class X>
  void fill(std::size_t leaf, const X& tensor, std::span<const double> first) {
    using T = typename Storage::template slot<element_t<X>>;
    const std::size_t size = leaves[leaf].size;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (!memory.on_host()) fill_there(at<T>(leaf, s), size, tensor, leaves[leaf].order, slots[s], first[s]);
      else if (slots[s].from_parameter) gradus::read_reals(tensor, leaves[leaf].order, 0, size, at<T>(leaf, s));
      else std::fill_n(at<T>(leaf, s), size, static_cast<T>(first[s]));
    }
  }

  /// The same in other memory, piece by piece.
  template <class T, class X>
  void fill_there(T* to, std::size_t size, const X& tensor, Order order, const Slot& slot, double first) {
    if (!slot.from_parameter && first == 0) return;  // it was cleared
    std::vector<T> here(std::min(size, std::size_t{1} << 20), static_cast<T>(first));
    for (std::size_t at = 0; at < size; at += here.size()) {
      const std::size_t now = std::min(here.size(), size - at);
      if (slot.from_parameter) gradus::read_reals(tensor, order, at, now, here.data());
      memory.space().copy(to + at, here.data(), now * sizeof(T));
    }
  }

  template <class T>
  T* at(std::size_t leaf, std::size_t slot) {
    return reinterpret_cast<T*>(memory.data() + leaves[leaf].offset(slot));
  }
  template <class T>
  const T* at(std::size_t leaf, std::size_t slot) const {
    return const_cast<Kept*>(this)->at<T>(leaf, slot);
  }
};

}  // namespace gradus::detail
