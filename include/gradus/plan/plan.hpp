// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/chain.hpp>
#include <gradus/core/leaf.hpp>
#include <gradus/plan/trace.hpp>

#include <cstddef>

namespace gradus::detail {

/// A composition's plan, known at compile time: its chains (what one sweep over memory does) and their order.
template <class... P>
struct Plan {
  using layout = Layout<P...>;
  static constexpr auto& traced = trace_of<P...>;

  /// A node per slot, or -1. A C array: device code may not call `std::array::operator[]`.
  struct SlotNodes {
    short of[layout::slots + 1]{};
  };

  /// The nodes of the slots that change.
  static constexpr SlotNodes changed(const short* becomes) {
    SlotNodes nodes;
    for (short& node : nodes.of) node = -1;
    for (std::size_t s = 0; s != layout::slots; ++s)
      if (!is_stream(traced.graph.nodes[becomes[s]], 2 + s)) nodes.of[s] = becomes[s];
    return nodes;
  }

  /// All nodes that the given ones come from; those below 0 are none.
  static constexpr NodeSet needs(short parameter, const MeasuredNodes& measured, const SlotNodes& slot) {
    NodeSet set;
    const auto add = [&](short node) {
      if (node >= 0) set.add(traced.graph, node);
    };
    add(parameter);
    for (std::size_t k = 0; k < measured.count; ++k) add(measured.of[k]);
    for (const short node : slot.of) add(node);
    return set;
  }

  /// Whether any of these nodes reads a stream.
  static constexpr bool reads(const NodeSet& needed, std::size_t stream) {
    for (int i = 0; i < traced.graph.size; ++i)
      if (needed.has[i] && is_stream(traced.graph.nodes[i], stream)) return true;
    return false;
  }
  /// How many streams must be drawn for these nodes: all of them, or none.
  static constexpr std::size_t draws(const NodeSet& needed) {
    for (std::size_t d = 0; d != layout::draws; ++d)
      if (reads(needed, 2 + layout::slots + d)) return layout::draws;
    return 0;
  }

  struct Base {
    using plan = Plan;
    static constexpr Graph graph = traced.graph;
    static constexpr std::size_t slot_count = layout::slots;
    static constexpr std::size_t scalar_count = layout::scalars;
    static constexpr short parameter = -1;
    static constexpr MeasuredNodes measured{};
    static constexpr bool sums = false;
    static constexpr std::size_t stride = block_size;
    static constexpr SlotNodes slot = [] {
      SlotNodes none;
      for (short& node : none.of) node = -1;
      return none;
    }();
  };

  /// The pass that writes: p + u and every slot that changes. It takes the sums that are emitted as well.
  struct Update : Base {
    static constexpr short parameter = traced.parameter;
    static constexpr bool reads_parameter = true;
    static constexpr MeasuredNodes measured = [] {
      MeasuredNodes nodes{2 * layout::emits};
      for (std::size_t k = 0; k < nodes.count; ++k) nodes.of[k] = traced.emitted[k];
      return nodes;
    }();
    static constexpr bool sums = layout::emits != 0;
    static constexpr SlotNodes slot = changed(traced.slot);
    static constexpr NodeSet needed = needs(parameter, measured, slot);
    static constexpr std::size_t drawn_count = draws(needed);
  };

  /// The pass of a call that only gathers.
  struct Gather : Base {
    static constexpr bool reads_parameter = false;
    static constexpr SlotNodes slot = changed(traced.gathered);
    static constexpr NodeSet needed = needs(-1, {}, slot);
    static constexpr std::size_t drawn_count = draws(needed);
  };

  /// A read-only pass that computes some nodes.
  template <MeasuredNodes Nodes>
  struct Looking : Base {
    static constexpr MeasuredNodes measured = Nodes;
    static constexpr NodeSet needed = needs(-1, measured, Base::slot);
    static constexpr std::size_t drawn_count = draws(needed);
    static constexpr bool reads_parameter = reads(needed, 0);
  };

  /// The read-only pass over the incoming gradient as it is.
  static constexpr short incoming = [] {
    short node = 0;
    while (!is_stream(traced.graph.nodes[node], 1)) ++node;
    return node;
  }();
  struct Incoming : Looking<MeasuredNodes{1, {incoming}}> {};

  /// The read-only pass that computes what the pass that writes would emit.
  struct Emitted : Looking<Update::measured> {};

  /// The read-only pass that recomputes what policy I receives.
  template <std::size_t I>
  struct Received : Looking<MeasuredNodes{1, {traced.received[I]}}> {
    /// Whether it is the incoming gradient itself, so that nothing need be recomputed.
    static constexpr bool raw = is_stream(traced.graph.nodes[traced.received[I]], 1);
  };

  template <std::size_t I>
  static constexpr MeasuredNodes term_nodes = [] {
    constexpr std::size_t terms = sum_count<typename layout::template policy<I>>;
    MeasuredNodes nodes{2 * terms};
    for (std::size_t k = 0; k != 2 * terms; ++k) nodes.of[k] = traced.term[2 * layout::sum[I] + k];
    return nodes;
  }();
  /// The read-only pass that takes the sums of policy I.
  template <std::size_t I>
  struct Terms : Looking<term_nodes<I>> {
    static constexpr bool sums = true;
  };

  static constexpr bool guarded = (GuardPolicy<P> || ...);
  static constexpr bool settles = (SettlingPolicy<P> || ...);

  /// Calls f<Chain>() for every norm of something recomputed and for all sums of a policy: each has a pass of its own,
  /// because what it recomputes may need the norms and sums before it.
  template <class F>
  static constexpr void for_each_own_pass(F f) {
    repeat<layout::looking.size()>([&](auto k) {
      constexpr std::size_t i = layout::looking[k];
      if constexpr (HasSums<typename layout::template policy<i>>) f.template operator()<Terms<i>>();
      else if constexpr (!Received<i>::raw) f.template operator()<Received<i>>();
    });
  }

  /// How many norms are those of the incoming gradient as it is.
  static constexpr std::size_t raw_norms = [] {
    std::size_t count = 0;
    repeat<layout::measuring.size()>([&](auto k) { count += Received<layout::measuring[k]>::raw; });
    return count;
  }();

  /// How often a read-only pass reads the incoming gradient as it is: all that look at it share one.
  static constexpr std::size_t shared_reads = guarded || raw_norms != 0;

  /// Sweeps that only read.
  static constexpr std::size_t read_passes = [] {
    std::size_t passes = shared_reads;
    for_each_own_pass([&]<class Chain>() { ++passes; });
    return passes;
  }();
};

}  // namespace gradus::detail
