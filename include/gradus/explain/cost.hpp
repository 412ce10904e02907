// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/parts.hpp>
#include <gradus/core/storage.hpp>
#include <gradus/plan/plan.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace gradus {

/// What one step of a composition moves for each element.
struct Cost {
  std::size_t passes = 1;      ///< sweeps over memory, the one that writes included
  std::size_t slots = 0;       ///< kept
  std::size_t reads = 0;       ///< numbers read, in all passes
  std::size_t writes = 0;      ///< numbers written
  std::size_t bytes = 0;       ///< of all that is read and written
  std::size_t slot_bytes = 0;  ///< of what is kept
};

namespace detail {

/// The cost of a plan over elements T, counted on its graph. Policies that look at the incoming gradient first share
/// one read of it; sums that are taken again until they settle count once.
template <class Plan, class T = float, class Stored = Storage<>>
constexpr Cost cost_of() {
  using Update = typename Plan::Update;
  using Gradient = typename Stored::gradients;
  constexpr std::size_t slot = reals_of<T> * sizeof(typename Stored::template slot<T>);
  constexpr std::size_t gradient = sizeof(std::conditional_t<std::is_void_v<Gradient>, T, Gradient>);
  constexpr std::size_t bytes_of[]{sizeof(T), gradient, slot};

  Cost cost{.passes = 1 + Plan::read_passes, .slots = Update::slot_count, .slot_bytes = Update::slot_count * slot};
  const auto read = [&](std::size_t bytes) { ++cost.reads, cost.bytes += bytes; };
  const auto write = [&](std::size_t bytes) { ++cost.writes, cost.bytes += bytes; };
  // The streams of a graph that are in memory: parameter, gradient and slots.
  const auto read_streams = [&]<class Chain>() {
    for (int i = 0; i < Chain::graph.size; ++i) {
      const Node& node = Chain::graph.nodes[i];
      const auto stream = static_cast<std::size_t>(node.a);
      if (Chain::needed.has[i] && node.op == Op::stream && stream < 2 + Chain::slot_count)
        read(bytes_of[std::min(stream, std::size_t{2})]);
    }
  };
  if (Plan::shared_reads != 0) read(gradient);
  Plan::for_each_own_pass(read_streams);
  read_streams.template operator()<Update>();
  write(sizeof(T));
  for (std::size_t s = 0; s != Update::slot_count; ++s)
    if (Update::slot.of[s] >= 0) write(slot);
  return cost;
}

}  // namespace detail

/// The cost of an optimizer of this type over elements T, with this storage:
///
///     static_assert(gradus::cost<decltype(optimizer)>.bytes == 28);
///     static_assert(gradus::cost<decltype(optimizer), double, gradus::Storage<float>>.slot_bytes <= 8);
template <class Optimizer, class T = float, class Stored = Storage<>>
inline constexpr Cost cost = detail::cost_of<typename std::remove_cvref_t<Optimizer>::Whole::plan, T, Stored>();

}  // namespace gradus
