// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/plan.hpp>

#include <cstddef>

namespace gradus {

/// What one step of a composition moves, in numbers per element.
struct Cost {
  std::size_t passes = 1;  ///< sweeps over memory, the one that writes included
  std::size_t slots = 0;   ///< kept per element
  std::size_t reads = 0;
  std::size_t writes = 0;
};

namespace detail {

// Of those in memory: parameter, gradient and slots.
template <class Chain>
constexpr std::size_t streams_read() {
  std::size_t count = 0;
  for (int i = 0; i < Chain::graph.size; ++i) {
    const Node& node = Chain::graph.nodes[i];
    count += Chain::needed.has[i] && node.op == Op::stream && static_cast<std::size_t>(node.a) < 2 + Chain::slot_count;
  }
  return count;
}

}  // namespace detail

/// The cost of a plan, counted on its graph. A gradient that all look at first is read once for all of them.
template <class Plan>
constexpr Cost cost_of() {
  using Update = typename Plan::Update;
  Cost cost{.passes = 1 + Plan::read_passes, .slots = Update::slot_count};
  cost.reads = detail::streams_read<Update>();
  cost.writes = 1;
  for (std::size_t s = 0; s != Update::slot_count; ++s) cost.writes += Update::slot.of[s] >= 0;
  cost.reads += Plan::shared_reads;
  Plan::for_each_own_pass([&]<class Chain>() { cost.reads += detail::streams_read<Chain>(); });
  return cost;
}

}  // namespace gradus
