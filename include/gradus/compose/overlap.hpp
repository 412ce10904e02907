// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/slot_layout.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/core/refuse.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gradus {

/// Refuses tensors that lie in each other's memory. Blocks are compared by where they begin and end. Of a stepped view
/// that is only where its elements may be: those that come near it are compared element by element.
class Overlap {
 public:
  /// `known` has the leaves' names; `sorted` keeps the order in which the parameters lie.
  Overlap(std::span<Leaf> leaves, std::span<const LeafSlots> known, std::vector<std::size_t>& sorted)
      : leaves_(leaves), known_(known), sorted_(sorted) {}

  /// Sorts the parameters, and refuses two that share memory, and one whose own elements do.
  void check_parameters() {
    sorted_.clear();
    for (std::size_t l = 0; l < leaves_.size(); ++l) {
      cover(l);
      if (leaves_[l].parameter_memory && leaves_[l].size) sorted_.push_back(l);
    }
    std::sort(sorted_.begin(), sorted_.end(), [&](std::size_t a, std::size_t b) {
      return std::less<>{}(leaves_[a].covers.begin, leaves_[b].covers.begin);
    });
    for (std::size_t first = 0, end; first < sorted_.size(); first = end) {
      end = end_of_group(first);
      const std::byte* reach = leaves_[sorted_[first]].covers.end;
      for (std::size_t i = first; i < end; ++i)
        leaves_[sorted_[i]].reach = reach = std::max(reach, leaves_[sorted_[i]].covers.end, std::less<>{});
      if (end - first > 1) check_group(std::span(sorted_).subspan(first, end - first));
    }
  }

  /// Refuses a gradient of leaf l that lies in a parameter, unless it is its own parameter's memory exactly.
  void check_gradient(std::size_t l, const Leaf& leaf) const {
    if (!leaf.gradient_memory || !leaf.size) return;
    const Extent gradient = Extent::of(leaf.gradient_memory, leaf.gradient_bytes);
    auto at = std::partition_point(sorted_.begin(), sorted_.end(), [&](std::size_t other) {
      return !std::less<>{}(gradient.begin, leaves_[other].reach);
    });
    for (; at != sorted_.end() && std::less<>{}(leaves_[*at].covers.begin, gradient.end); ++at) {
      const bool own = *at == l && !leaf.visit && !leaf.in_rows && leaf.gradient_memory == leaf.parameter_memory;
      if (!own && lies_in(leaves_[*at], gradient))
        refuse({"the gradient of ", name(l), " overlaps the memory of ", name(*at), "; give it memory of its own"});
    }
  }

 private:
  using Extent = Leaf::Extent;

  // f(address) for every element of a stepped view.
  template <class F>
  static void visit(const Leaf& leaf, F f) {
    leaf.visit(leaf.tensor, &f, [](void* visitor, const void* element) { (*static_cast<F*>(visitor))(element); });
  }

  void cover(std::size_t l) {
    Leaf& leaf = leaves_[l];
    leaf.covers = Extent::of(leaf.parameter_memory, leaf.parameter_bytes);
    if (!leaf.visit) return;
    bool ascends = true, descends = true;
    const void* before = nullptr;
    visit(leaf, [&](const void* element) {
      leaf.covers.add(Extent::of(element, leaf.element->size));
      if (before) ascends &= std::less<>{}(before, element), descends &= std::less<>{}(element, before);
      before = element;
    });
    if (!ascends && !descends && meets_itself(leaf))
      refuse({name(l), " shares memory with itself, as by a stride of 0; step what it is a view of"});
  }

  // Whether two elements of a stepped view are one.
  static bool meets_itself(const Leaf& leaf) {
    std::vector<const void*> elements;
    visit(leaf, [&](const void* element) { elements.push_back(element); });
    std::sort(elements.begin(), elements.end(), std::less<>{});
    return std::adjacent_find(elements.begin(), elements.end()) != elements.end();
  }

  static bool lies_in(const Leaf& leaf, const Extent& block) {
    if (!leaf.visit || !leaf.covers.touches(block)) return leaf.covers.touches(block);
    bool shared = false;
    visit(leaf, [&](const void* element) { shared |= Extent::of(element, leaf.element->size).touches(block); });
    return shared;
  }

  // Behind the last leaf that may share memory with those from the first on.
  std::size_t end_of_group(std::size_t first) const {
    const std::byte* end = leaves_[sorted_[first]].covers.end;
    std::size_t next = first + 1;
    for (; next < sorted_.size() && std::less<>{}(leaves_[sorted_[next]].covers.begin, end); ++next)
      end = std::max(end, leaves_[sorted_[next]].covers.end, std::less<>{});
    return next;
  }

  void check_group(std::span<const std::size_t> group) const {
    struct Piece {
      Extent memory;
      std::size_t leaf;
    };
    std::vector<Piece> pieces;
    for (const std::size_t l : group)
      if (leaves_[l].visit)
        visit(leaves_[l],
              [&](const void* element) { pieces.push_back({Extent::of(element, leaves_[l].element->size), l}); });
      else pieces.push_back({leaves_[l].covers, l});
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return std::less<>{}(a.memory.begin, b.memory.begin); });
    for (std::size_t i = 1; i < pieces.size(); ++i)
      if (pieces[i - 1].leaf != pieces[i].leaf && pieces[i - 1].memory.touches(pieces[i].memory))
        refuse({name(pieces[i - 1].leaf), " and ", name(pieces[i].leaf), " share memory; list every tensor once"});
  }

  const std::string& name(std::size_t l) const { return known_[l].name; }

  std::span<Leaf> leaves_;
  std::span<const LeafSlots> known_;
  std::vector<std::size_t>& sorted_;
};

}  // namespace gradus
