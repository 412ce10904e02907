// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/step/slot_layout.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gradus::detail {

/// Refuses tensors that overlap in memory. Blocks are compared by where they begin and end. For a stepped view these
/// only bound its elements, so whatever lies between them is compared element by element.
class Overlap {
 public:
  /// `known` has the leaves' names; `sorted` keeps the parameters' memory, sorted by address.
  Overlap(std::span<const Leaf> leaves, std::span<const LeafSlots> known, std::vector<Leaf::Piece>& sorted)
      : leaves_(leaves), known_(known), sorted_(sorted) {}

  /// Sorts the parameters, and refuses two that share memory, and one whose own elements do.
  void check_parameters() {
    sorted_.clear();
    for (std::size_t l = 0; l < leaves_.size(); ++l)
      if (leaves_[l].parameter_memory && leaves_[l].size) sorted_.push_back({covered(l), l});
    sort(sorted_);
    const std::byte* reach = nullptr;
    for (Piece& piece : sorted_) piece.reach = reach = std::max(reach, piece.memory.end, std::less<>{});
    for (std::size_t first = 0, end; first < sorted_.size(); first = end) {
      end = end_of_group(first);
      if (end - first > 1) check_group({sorted_.data() + first, end - first});
    }
  }

  /// Refuses a gradient of leaf l that lies in a parameter, unless it is its own parameter's memory exactly.
  void check_gradient(std::size_t l, const Leaf& leaf) const {
    if (!leaf.gradient_memory || !leaf.size) return;
    const Extent gradient = Extent::of(leaf.gradient_memory, leaf.gradient_bytes);
    auto at = std::partition_point(sorted_.begin(), sorted_.end(),
                                   [&](const Piece& piece) { return !std::less<>{}(gradient.begin, piece.reach); });
    for (; at != sorted_.end() && std::less<>{}(at->memory.begin, gradient.end); ++at) {
      const bool own = at->leaf == l && !leaf.visit && !leaf.in_rows && leaf.gradient_memory == leaf.parameter_memory &&
                       leaf.gradient_bytes == leaf.parameter_bytes;
      if (!own && lies_in(*at, gradient))
        refuse(
            {"the gradient of ", name(l), " overlaps the memory of ", name(at->leaf), "; give it memory of its own"});
    }
  }

 private:
  using Extent = Leaf::Extent;
  using Piece = Leaf::Piece;

  static void sort(std::vector<Piece>& pieces) {
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return std::less<>{}(a.memory.begin, b.memory.begin); });
  }

  // f(address) for every element of a stepped view.
  template <class F>
  static void visit(const Leaf& leaf, F f) {
    leaf.visit(leaf.tensor, &f, [](void* visitor, const void* element) { (*static_cast<F*>(visitor))(element); });
  }

  // The memory that the elements of leaf l span.
  Extent covered(std::size_t l) const {
    const Leaf& leaf = leaves_[l];
    Extent covers = Extent::of(leaf.parameter_memory, leaf.parameter_bytes);
    if (!leaf.visit) return covers;
    bool ascends = true, descends = true;
    const void* before = nullptr;
    visit(leaf, [&](const void* element) {
      covers.add(Extent::of(element, leaf.element->size));
      if (before) ascends &= std::less<>{}(before, element), descends &= std::less<>{}(element, before);
      before = element;
    });
    if (!ascends && !descends && meets_itself(l))
      refuse({name(l), " shares memory with itself, as by a stride of 0; step what it is a view of"});
    return covers;
  }

  // The elements of a stepped view.
  void add_elements(std::size_t l, std::vector<Piece>& pieces) const {
    visit(leaves_[l],
          [&](const void* element) { pieces.push_back({Extent::of(element, leaves_[l].element->size), l}); });
  }

  // Whether two elements of a stepped view share an address.
  bool meets_itself(std::size_t l) const {
    std::vector<Piece> elements;
    add_elements(l, elements);
    sort(elements);
    for (std::size_t i = 1; i < elements.size(); ++i)
      if (elements[i - 1].memory.begin == elements[i].memory.begin) return true;
    return false;
  }

  bool lies_in(const Piece& piece, const Extent& block) const {
    const Leaf& leaf = leaves_[piece.leaf];
    if (!leaf.visit || !piece.memory.touches(block)) return piece.memory.touches(block);
    bool shared = false;
    visit(leaf, [&](const void* element) { shared |= Extent::of(element, leaf.element->size).touches(block); });
    return shared;
  }

  // One past the last parameter that may share memory with those from `first` on.
  std::size_t end_of_group(std::size_t first) const {
    std::size_t end = first + 1;
    while (end < sorted_.size() && std::less<>{}(sorted_[end].memory.begin, sorted_[end - 1].reach)) ++end;
    return end;
  }

  void check_group(std::span<const Piece> group) const {
    std::vector<Piece> pieces;
    for (const Piece& piece : group)
      if (leaves_[piece.leaf].visit) add_elements(piece.leaf, pieces);
      else pieces.push_back(piece);
    sort(pieces);
    for (std::size_t i = 1; i < pieces.size(); ++i)
      if (pieces[i - 1].leaf != pieces[i].leaf && pieces[i - 1].memory.touches(pieces[i].memory))
        refuse({name(pieces[i - 1].leaf), " and ", name(pieces[i].leaf), " share memory; list every tensor once"});
  }

  const std::string& name(std::size_t l) const { return known_[l].name; }

  std::span<const Leaf> leaves_;
  std::span<const LeafSlots> known_;
  std::vector<Piece>& sorted_;
};

}  // namespace gradus::detail
