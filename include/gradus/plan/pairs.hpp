// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/plan/plan.hpp>

#include <cstddef>
#include <type_traits>

namespace gradus::detail {

/// What a composition would do that makes no sense for complex numbers.
enum class Nonsense : unsigned char { none, compares, divides, mixes, sums };

enum class Kind : unsigned char { unknown, real, complex };

struct Kinds {
  Kind of[Graph::capacity]{};
};

constexpr Kind product_of(Kind a, Kind b) {
  if (a == Kind::unknown || b == Kind::unknown) return Kind::unknown;
  return a != b ? Kind::complex : Kind::real;
}
constexpr Kind sum_of(Kind a, Kind b) {
  if (a == Kind::complex || b == Kind::complex) return Kind::complex;
  return a == Kind::unknown || b == Kind::unknown ? Kind::unknown : Kind::real;
}

// The kind of every node, as far as the kinds of the streams are known. In a pair, a real number stands in place of
// both parts, so every operation is that of reals except two: the product of two complex numbers is Re(x conj y), which
// is what a moment means by a square, and a magnitude is that of both parts.
constexpr Kinds kinds_of(const Graph& graph, const Kinds& streams) {
  Kinds kinds;
  const auto kind = [&](const Node& node) {
    const auto of = [&](short id) { return kinds.of[id]; };
    switch (node.op) {
      case Op::stream: return streams.of[node.a];
      case Op::scalar:
      case Op::constant:
      case Op::abs: return Kind::real;
      case Op::mul:
      case Op::scale: return product_of(of(node.a), of(node.b));
      case Op::fma: return sum_of(product_of(of(node.a), of(node.b)), of(node.c));
      case Op::select_less:
      case Op::select_less_equal:
      case Op::select_equal: return sum_of(of(node.c), of(node.d));
      default: return operands(node.op) == 1 ? of(node.a) : sum_of(of(node.a), of(node.b));
    }
  };
  for (int i = 0; i < graph.size; ++i) kinds.of[i] = kind(graph.nodes[i]);
  return kinds;
}

constexpr Nonsense nonsense_of(const Graph& graph, const Kinds& kinds, const Node& node) {
  const auto is = [&](short id) { return kinds.of[id] == Kind::complex; };
  const auto zero = [&](short id) { return graph.nodes[id].op == Op::constant && graph.nodes[id].value == 0; };
  const auto mixed = [&](short x, short y) { return is(x) != is(y) && !zero(is(x) ? y : x); };
  switch (node.op) {
    case Op::add:
    case Op::sub: return mixed(node.a, node.b) ? Nonsense::mixes : Nonsense::none;
    case Op::div: return is(node.b) ? Nonsense::divides : Nonsense::none;
    case Op::min:
    case Op::max: return is(node.a) || is(node.b) ? Nonsense::compares : Nonsense::none;
    case Op::sqrt:
    case Op::cbrt:
    case Op::exp:
    case Op::log: return is(node.a) ? Nonsense::divides : Nonsense::none;
    case Op::fma:
      if (is(node.a) && is(node.b)) return Nonsense::divides;
      return (is(node.a) || is(node.b)) == is(node.c) ? Nonsense::none : Nonsense::mixes;
    case Op::select_less:
    case Op::select_less_equal:
    case Op::select_equal:
      if (is(node.a) || is(node.b)) return Nonsense::compares;
      return mixed(node.c, node.d) ? Nonsense::mixes : Nonsense::none;
    default: return Nonsense::none;
  }
}

/// What a plan's chains do where the parameters are complex.
template <class Plan>
struct InPairs {
  static constexpr auto& traced = Plan::traced;

  /// A slot is complex if it starts as the parameter or if anything complex is stored in it. All that follows from this
  /// is found first. Then one remaining slot is taken as real, and all is found anew; if that makes it complex, it is.
  static constexpr Kinds kinds = [] {
    constexpr std::size_t slots = Plan::layout::slots;
    Kind taken[slots + 1]{};
    for (;;) {
      Kinds streams;
      streams.of[0] = streams.of[1] = Kind::complex;
      for (std::size_t s = 0; s != slots; ++s)
        streams.of[2 + s] = Plan::layout::own_slots[s].from_parameter ? Kind::complex : taken[s];
      for (std::size_t d = 0; d != Plan::layout::draws; ++d) streams.of[2 + slots + d] = Kind::complex;
      const auto stored = [](const Kinds& now, std::size_t s) {
        return sum_of(now.of[traced.slot[s]], now.of[traced.gathered[s]]);
      };
      Kinds now = kinds_of(traced.graph, streams);
      for (bool more = true; more; now = kinds_of(traced.graph, streams)) {
        more = false;
        for (std::size_t s = 0; s != slots; ++s) {
          Kind& is = streams.of[2 + s];
          if (is == Kind::unknown && stored(now, s) != Kind::unknown) is = stored(now, s), more = true;
        }
      }
      std::size_t wrong = slots, left = slots;
      for (std::size_t s = 0; s != slots; ++s) {
        if (streams.of[2 + s] == Kind::real && stored(now, s) == Kind::complex) wrong = s;
        if (streams.of[2 + s] == Kind::unknown) left = s;
      }
      if (wrong != slots) taken[wrong] = Kind::complex;
      else if (left != slots) taken[left] = Kind::real;
      else return now;
    }
  }();
  static constexpr bool is_complex(short node) { return kinds.of[node] == Kind::complex; }

  /// The graph with the operations that take both parts together.
  static constexpr Graph graph = [] {
    Graph pairs = traced.graph;
    for (int i = 0; i < pairs.size; ++i) {
      Node& node = pairs.nodes[i];
      if (node.op == Op::mul && is_complex(node.a) && is_complex(node.b)) node.op = Op::inner;
      if (node.op == Op::abs && is_complex(node.a)) node.op = Op::magnitude;
    }
    return pairs;
  }();

  template <class Chain>
  static constexpr Nonsense nonsense = [] {
    for (int i = 0; i < graph.size; ++i)
      if (const Nonsense found = nonsense_of(graph, kinds, graph.nodes[i]);
          Chain::needed.has[i] && found != Nonsense::none)
        return found;
    for (std::size_t k = 0; k != Chain::measured.count; ++k)
      if (!is_complex(Chain::measured.of[k])) return Nonsense::sums;
    for (std::size_t s = 0; s != Plan::layout::slots; ++s)
      if (Plan::layout::own_slots[s].first != 0 && is_complex(traced.slot[s])) return Nonsense::mixes;
    return Nonsense::none;
  }();

  /// Whether a chain takes both parts together; if not, it treats a complex number as two reals.
  template <class Chain>
  static constexpr bool pairs = [] {
    for (int i = 0; i < graph.size; ++i)
      if (Chain::needed.has[i] && is_of_pairs(graph.nodes[i].op)) return true;
    return false;
  }();
};

template <class Chain>
struct PairedChain : Chain {
  static constexpr bool in_pairs = true;
  static constexpr Graph graph = InPairs<typename Chain::plan>::graph;
};

// Nothing is instantiated for reals.
template <bool complex>
struct ChainOf {
  template <class Chain>
  using type = Chain;
};
template <>
struct ChainOf<true> {
  template <class Chain>
  using type = std::conditional_t<InPairs<typename Chain::plan>::template pairs<Chain>, PairedChain<Chain>, Chain>;
};

/// A plan's chain for elements of type E.
template <class Chain, class E>
using chain_of = typename ChainOf<ComplexNumber<E>>::template type<Chain>;

}  // namespace gradus::detail
