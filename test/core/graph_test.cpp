// SPDX-License-Identifier: MIT
#include <gradus/core/graph.hpp>

#include <gradus/core/lane.hpp>

#include <doctest/doctest.h>

#include <initializer_list>

using gradus::Lane;
using gradus::detail::Graph;
using gradus::detail::NodeSet;
using gradus::detail::Op;

namespace {

Lane stream(Graph& graph, short which) { return {&graph, graph.put({Op::stream, which})}; }

// What a constant expression can build: the graph of (x + y) (x + y), in which the sum occurs once.
constexpr int merged_size() {
  Graph graph;
  const Lane x{&graph, graph.put({Op::stream, 0})}, y{&graph, graph.put({Op::stream, 1})};
  const Lane square = (x + y) * (x + y);
  return square.graph->size;
}
static_assert(merged_size() == 4);

}  // namespace

TEST_SUITE_BEGIN("graph");

TEST_CASE("equal nodes are merged, other ones are not") {
  Graph graph;
  const Lane x = stream(graph, 0), y = stream(graph, 1);
  CHECK(stream(graph, 0).id == x.id);
  CHECK((x + y).id == (x + y).id);
  CHECK((x + y).id != (y + x).id);
  CHECK((x + y).id != (x - y).id);
  CHECK((2 * x).id == (2 * x).id);
  CHECK((2 * x).id != (3 * x).id);
  CHECK(select(x < y, x, y).id != select(x <= y, x, y).id);
}

TEST_CASE("a node comes after its operands") {
  Graph graph;
  const Lane x = stream(graph, 0), y = stream(graph, 1);
  const Lane result = fma(sqrt(x), y, clamp(x, -y, y)) / select(x < y, x, abs(y));
  CHECK(result.id == graph.size - 1);
  for (short i = 0; i < graph.size; ++i) {
    const gradus::detail::Node& node = graph.nodes[i];
    const short of[]{node.a, node.b, node.c, node.d};
    for (int k = 0; k < operands(node.op); ++k) CHECK(of[k] < i);
  }
}

TEST_CASE("operands() gives the number of operands of every operation") {
  for (const Op op : {Op::stream, Op::scalar, Op::constant}) CHECK(operands(op) == 0);
  for (const Op op : {Op::neg, Op::abs, Op::sqrt, Op::cbrt, Op::exp, Op::log}) CHECK(operands(op) == 1);
  for (const Op op : {Op::add, Op::sub, Op::mul, Op::div, Op::min, Op::max}) CHECK(operands(op) == 2);
  CHECK(operands(Op::fma) == 3);
  for (const Op op : {Op::select_less, Op::select_less_equal, Op::select_equal}) CHECK(operands(op) == 4);
}

TEST_CASE("a node set contains its nodes and everything they are computed from, and nothing else") {
  Graph graph;
  const Lane x = stream(graph, 0), y = stream(graph, 1), z = stream(graph, 2);
  const Lane sum = x + y, other = y * z;
  NodeSet set;
  set.add(graph, sum.id);
  CHECK(set.has[x.id]);
  CHECK(set.has[y.id]);
  CHECK(set.has[sum.id]);
  CHECK_FALSE(set.has[z.id]);
  CHECK_FALSE(set.has[other.id]);
}

TEST_CASE("a product that feeds a sum is recognized") {
  Graph graph;
  const Lane x = stream(graph, 0), y = stream(graph, 1);
  const Lane added = x * y, subtracted = (x / y) * y, negated = x * x, alone = y * y;
  (void)(x + added), (void)(subtracted - y), (void)(-negated), (void)(alone / x);
  CHECK(feeds_sum(graph, added.id));
  CHECK(feeds_sum(graph, subtracted.id));
  CHECK(feeds_sum(graph, negated.id));
  CHECK_FALSE(feeds_sum(graph, alone.id));
  CHECK_FALSE(feeds_sum(graph, x.id));
}

TEST_SUITE_END();
