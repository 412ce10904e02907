// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace gradus::detail {

/// What one node of a recurrence does to its operands. `select_*` includes its comparison, `a < b ? c : d`, so every
/// node's value is a number and lanes need no Boolean type.
enum class Op : unsigned char {
  stream,    ///< an element of a stream in memory: parameter, gradient, slot; `a` is which
  scalar,    ///< one of the step's scalars; `a` is which
  constant,  ///< a number written in a policy's text: `value`
  add,
  sub,
  mul,
  div,
  min,  ///< b < a ? b : a, so that a NaN in a passes
  max,  ///< a < b ? b : a
  scale,  ///< a * b, with b a scalar of the step, which may be merged with another
  neg,
  abs,
  sqrt,
  cbrt,
  exp,
  log,
  fma,                ///< a * b + c, rounded once
  select_less,        ///< a < b ? c : d
  select_less_equal,  ///< a <= b ? c : d
  select_equal,       ///< a == b ? c : d
  inner,              ///< Re(a conj b) of complex numbers, in place of a product; see plan/pairs.hpp
  magnitude,          ///< |a| of a complex number, in place of `abs`
};

/// How many operands an operation has.
constexpr int operands(Op op) {
  switch (op) {
    case Op::stream:
    case Op::scalar:
    case Op::constant: return 0;
    case Op::neg:
    case Op::abs:
    case Op::magnitude:
    case Op::sqrt:
    case Op::cbrt:
    case Op::exp:
    case Op::log: return 1;
    case Op::fma: return 3;
    case Op::select_less:
    case Op::select_less_equal:
    case Op::select_equal: return 4;
    default: return 2;
  }
}

struct Node {
  Op op{};
  short a = 0, b = 0, c = 0, d = 0;
  double value = 0;

  /// By bits: 0 and -0 are two constants.
  constexpr bool operator==(const Node& other) const {
    return op == other.op && a == other.a && b == other.b && c == other.c && d == other.d &&
           __builtin_bit_cast(std::uint64_t, value) == __builtin_bit_cast(std::uint64_t, other.value);
  }
};

/// Not a constant expression: a compiler names it where a composition's texts have more operations than fit, or work on
/// a lane that nobody set.
[[noreturn]] inline void too_many_operations_in_the_texts() { std::abort(); }
[[noreturn]] inline void a_lane_that_was_not_set() { std::abort(); }

/// A recurrence as a graph: what the policies' texts do to one element, with equal nodes merged, every node after its
/// operands. Plain C arrays, because a GPU's device code may not call `std::array::operator[]`, not even in a constant.
struct Graph {
  static constexpr int capacity = 224;

  Node nodes[capacity]{};
  int size = 0;

  /// The node equal to `node`, appended if there is none. Exceeding `capacity` is not a constant expression.
  constexpr short put(const Node& node) {
    for (int i = 0; i < size; ++i)
      if (nodes[i] == node) return static_cast<short>(i);
    if (size == capacity) too_many_operations_in_the_texts();
    nodes[size] = node;
    return static_cast<short>(size++);
  }
};

/// A set of nodes.
struct NodeSet {
  bool has[Graph::capacity]{};

  /// Adds a node and all that it is computed from.
  constexpr void add(const Graph& graph, short id) {
    if (id < 0) a_lane_that_was_not_set();
    if (has[id]) return;
    has[id] = true;
    const Node& node = graph.nodes[id];
    const short of[] = {node.a, node.b, node.c, node.d};
    for (int i = 0; i < operands(node.op); ++i) add(graph, of[i]);
  }
};

constexpr bool is_stream(const Node& node, std::size_t which) {
  return node.op == Op::stream && node.a == static_cast<short>(which);
}
constexpr bool is_product(Op op) { return op == Op::mul || op == Op::scale; }
constexpr bool is_of_pairs(Op op) { return op == Op::inner || op == Op::magnitude; }

/// Whether node `id` is a product that a sum or difference uses. Only such a product could be contracted to a fused
/// multiply-add behind the text's back, so only there an evaluator has to prevent it.
constexpr bool feeds_sum(const Graph& graph, short id) {
  if (!is_product(graph.nodes[id].op)) return false;
  for (int i = id + 1; i < graph.size; ++i) {
    const Node& user = graph.nodes[i];
    if ((user.op == Op::add || user.op == Op::sub) && (user.a == id || user.b == id)) return true;
    if (user.op == Op::neg && user.a == id) return true;  // -(a * b) + c contracts as well
  }
  return false;
}

}  // namespace gradus::detail
