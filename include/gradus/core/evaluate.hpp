// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>

#include <type_traits>
#include <utility>

namespace gradus {

namespace detail {

// `Chain` is a type that carries a graph as `Chain::graph`, `Ops` the operations on a backend's values.
template <class Chain, class Ops, int I, class V>
[[gnu::always_inline]] constexpr V value_of(const V* done, const V* stream, const V* scalar) {
  constexpr Node n = Chain::graph.nodes[I];
  if constexpr (n.op == Op::stream) return stream[n.a];
  else if constexpr (n.op == Op::scalar) return scalar[n.a];
  else if constexpr (n.op == Op::constant) return Ops::constant(n.value);
  else if constexpr (n.op == Op::add) return Ops::add(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::sub) return Ops::sub(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::mul && feeds_sum(Chain::graph, I)) return Ops::lone_mul(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::mul) return Ops::mul(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::div) return Ops::div(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::min) return Ops::min(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::max) return Ops::max(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::neg) return Ops::neg(done[n.a]);
  else if constexpr (n.op == Op::abs) return Ops::abs(done[n.a]);
  else if constexpr (n.op == Op::sqrt) return Ops::sqrt(done[n.a]);
  else if constexpr (n.op == Op::fma) return Ops::fma(done[n.a], done[n.b], done[n.c]);
  else if constexpr (n.op == Op::select_less) return Ops::choose_less(done[n.a], done[n.b], done[n.c], done[n.d]);
  else if constexpr (n.op == Op::select_less_equal)
    return Ops::choose_less_equal(done[n.a], done[n.b], done[n.c], done[n.d]);
  else return Ops::choose_equal(done[n.a], done[n.b], done[n.c], done[n.d]);
}

template <class Chain, class Ops, int I, class V, class Then>
[[gnu::always_inline]] constexpr void evaluate_node(V* done, const V* stream, const V* scalar, Then then) {
  if constexpr (Chain::needed.has[I]) {
    done[I] = value_of<Chain, Ops, I>(done, stream, scalar);
    then(std::integral_constant<int, I>{});
  }
}

template <class Chain, class Ops, class V, class Then, int... I>
[[gnu::always_inline]] constexpr void evaluate_all(V* done, const V* stream, const V* scalar, Then then,
                                                   std::integer_sequence<int, I...>) {
  (evaluate_node<Chain, Ops, I>(done, stream, scalar, then), ...);
}

}  // namespace detail

/// Calculates the nodes of `Chain::graph` that are in `Chain::needed`, in order, into `done`. Calls then(node) behind each.
template <class Chain, class Ops, class V, class Then>
[[gnu::always_inline]] constexpr void evaluate(V* done, const V* stream, const V* scalar, Then then) {
  detail::evaluate_all<Chain, Ops>(done, stream, scalar, then, std::make_integer_sequence<int, Chain::graph.size>{});
}
template <class Chain, class Ops, class V>
[[gnu::always_inline]] constexpr void evaluate(V* done, const V* stream, const V* scalar) {
  evaluate<Chain, Ops>(done, stream, scalar, [](auto) {});
}

}  // namespace gradus
