// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/inline.hpp>

#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

// The products of a graph that an evaluator has to keep apart from a sum.
template <class Chain>
inline constexpr NodeSet lone_products = [] {
  NodeSet set;
  for (int i = 0; i < Chain::graph.size; ++i) set.has[i] = feeds_sum(Chain::graph, static_cast<short>(i));
  return set;
}();

// A node as numbers, and not as a type: what is instantiated depends on operations, not on graphs.
struct Operands {
  short a, b, c, d;
  double value;
};

template <class Ops, Op op, bool lone, class V>
GRADUS_INLINE constexpr V value_of(Operands n, const V* done, const V* stream, const V* scalar) {
  if constexpr (op == Op::stream) return stream[n.a];
  else if constexpr (op == Op::scalar) return scalar[n.a];
  else if constexpr (op == Op::constant) return Ops::constant(n.value);
  else if constexpr (op == Op::add) return Ops::add(done[n.a], done[n.b]);
  else if constexpr (op == Op::sub) return Ops::sub(done[n.a], done[n.b]);
  else if constexpr (is_product(op) && lone) return Ops::lone_mul(done[n.a], done[n.b]);
  else if constexpr (is_product(op)) return Ops::mul(done[n.a], done[n.b]);
  else if constexpr (op == Op::div) return Ops::div(done[n.a], done[n.b]);
  else if constexpr (op == Op::min) return Ops::min(done[n.a], done[n.b]);
  else if constexpr (op == Op::max) return Ops::max(done[n.a], done[n.b]);
  else if constexpr (op == Op::neg) return Ops::neg(done[n.a]);
  else if constexpr (op == Op::abs) return Ops::abs(done[n.a]);
  else if constexpr (op == Op::sqrt) return Ops::sqrt(done[n.a]);
  else if constexpr (op == Op::cbrt) return Ops::cbrt(done[n.a]);
  else if constexpr (op == Op::exp) return Ops::exp(done[n.a]);
  else if constexpr (op == Op::log) return Ops::log(done[n.a]);
  else if constexpr (op == Op::fma) return Ops::fma(done[n.a], done[n.b], done[n.c]);
  else if constexpr (op == Op::select_less) return Ops::choose_less(done[n.a], done[n.b], done[n.c], done[n.d]);
  else if constexpr (op == Op::select_less_equal)
    return Ops::choose_less_equal(done[n.a], done[n.b], done[n.c], done[n.d]);
  else return Ops::choose_equal(done[n.a], done[n.b], done[n.c], done[n.d]);
}

template <class Ops, bool needed, Op op, bool lone, class V>
GRADUS_INLINE constexpr void put(int node, Operands n, V* done, const V* stream, const V* scalar) {
  if constexpr (needed) done[node] = value_of<Ops, op, lone>(n, done, stream, scalar);
}

template <class Chain, class Ops, int First, class V, int... I>
GRADUS_INLINE constexpr void evaluate_nodes([[maybe_unused]] V* done, [[maybe_unused]] const V* stream,
                                            [[maybe_unused]] const V* scalar, std::integer_sequence<int, I...>) {
  constexpr auto& node = Chain::graph.nodes;
  (put<Ops, Chain::needed.has[First + I], node[First + I].op, lone_products<Chain>.has[First + I]>(
       First + I, {node[First + I].a, node[First + I].b, node[First + I].c, node[First + I].d, node[First + I].value},
       done, stream, scalar),
   ...);
}

// The first node from `first` on that is a slot's new value; the graph's size if there is none.
template <class Chain>
constexpr int next_slot_node(int first) {
  int node = Chain::graph.size;
  if constexpr (Chain::slot_count != 0)
    for (std::size_t s = 0; s != Chain::slot_count; ++s)
      if (Chain::slot.of[s] >= first && Chain::slot.of[s] < node) node = Chain::slot.of[s];
  return node;
}

}  // namespace detail

/// Calculates the nodes [First, Last) of `Chain::graph` that are in `Chain::needed`, in order, into `done`. `Chain` is
/// a type that carries a graph as `Chain::graph`, `Ops` the operations on a backend's values.
template <class Chain, class Ops, int First = 0, int Last = Chain::graph.size, class V>
GRADUS_INLINE constexpr void evaluate(V* done, const V* stream, const V* scalar) {
  detail::evaluate_nodes<Chain, Ops, First>(done, stream, scalar, std::make_integer_sequence<int, Last - First>{});
}

/// The same for all nodes, with store(node) behind each that is a slot's new value.
template <class Chain, class Ops, int First = 0, class V, class Store>
GRADUS_INLINE constexpr void evaluate_and_store(V* done, const V* stream, const V* scalar, Store store) {
  constexpr int node = detail::next_slot_node<Chain>(First);
  if constexpr (node == Chain::graph.size) {
    evaluate<Chain, Ops, First>(done, stream, scalar);
  } else {
    evaluate<Chain, Ops, First, node + 1>(done, stream, scalar);
    store(std::integral_constant<int, node>{});
    evaluate_and_store<Chain, Ops, node + 1>(done, stream, scalar, store);
  }
}

}  // namespace gradus
