// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/inline.hpp>

#include <cstddef>
#include <utility>

namespace gradus::detail {

// The products of a graph that an evaluator must not fuse with a sum.
template <class Chain>
inline constexpr NodeSet lone_products = [] {
  NodeSet set;
  for (int i = 0; i < Chain::graph.size; ++i) set.has[i] = feeds_sum(Chain::graph, static_cast<short>(i));
  return set;
}();

// The first node from `first` on that is a slot's new value; the graph's size if there is none.
template <class Chain>
constexpr int next_slot_node(int first) {
  int node = Chain::graph.size;
  if constexpr (Chain::slot_count != 0)
    for (std::size_t s = 0; s != Chain::slot_count; ++s)
      if (Chain::slot.of[s] >= first && Chain::slot.of[s] < node) node = Chain::slot.of[s];
  return node;
}

#include <gradus/core/evaluate.inc>

}  // namespace gradus::detail
