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

/// Refuses tensors that lie in each other's memory.
class Overlap {
 public:
  /// `known` has the leaves' names; `sorted` keeps the order in which the parameters lie.
  Overlap(std::span<const Leaf> leaves, std::span<const LeafSlots> known, std::vector<std::size_t>& sorted)
      : leaves_(leaves), known_(known), sorted_(sorted) {}

  /// Sorts the parameters, and refuses two that share memory.
  void check_parameters() {
    sorted_.clear();
    for (std::size_t l = 0; l < leaves_.size(); ++l)
      if (leaves_[l].parameter_memory && leaves_[l].size) sorted_.push_back(l);
    std::sort(sorted_.begin(), sorted_.end(), [&](std::size_t a, std::size_t b) {
      return std::less<>{}(leaves_[a].parameter_memory, leaves_[b].parameter_memory);
    });
    for (std::size_t i = 1; i < sorted_.size(); ++i)
      if (parameter(sorted_[i - 1]).touches(parameter(sorted_[i])))
        refuse(name(sorted_[i - 1]) + " and " + name(sorted_[i]) + " share memory; list every tensor once");
  }

  /// Refuses a gradient of leaf l that lies in a parameter, unless it is its own parameter's memory exactly.
  void check_gradient(std::size_t l, const Leaf& leaf) const {
    if (!leaf.gradient_memory || !leaf.size) return;
    const Extent gradient = extent(leaf.gradient_memory, leaf.gradient_bytes);
    // The first parameter that ends behind the gradient's beginning.
    auto at = std::partition_point(sorted_.begin(), sorted_.end(), [&](std::size_t other) {
      return !std::less<>{}(gradient.begin, parameter(other).end);
    });
    for (; at != sorted_.end() && parameter(*at).touches(gradient); ++at)
      if (*at != l || leaf.in_rows || leaf.gradient_memory != leaf.parameter_memory)
        refuse("the gradient of " + name(l) + " overlaps the memory of " + name(*at) + "; give it memory of its own");
  }

 private:
  // Memory that a leaf covers. Addresses of unrelated objects compare by std::less only.
  struct Extent {
    const std::byte* begin;
    const std::byte* end;
    bool touches(const Extent& other) const {
      return std::less<>{}(begin, other.end) && std::less<>{}(other.begin, end);
    }
  };
  static Extent extent(const void* first, std::size_t bytes) {
    const auto* begin = static_cast<const std::byte*>(first);
    return {begin, begin + (first ? bytes : 0)};
  }

  Extent parameter(std::size_t l) const { return extent(leaves_[l].parameter_memory, leaves_[l].parameter_bytes); }
  const std::string& name(std::size_t l) const { return known_[l].name; }

  std::span<const Leaf> leaves_;
  std::span<const LeafSlots> known_;
  std::vector<std::size_t>& sorted_;
};

}  // namespace gradus
