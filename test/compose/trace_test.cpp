// SPDX-License-Identifier: MIT
#include <gradus/compose/trace.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

template <class... P>
constexpr int nodes_of(Op op) {
  int found = 0;
  for (int i = 0; i < trace_of<P...>.graph.size; ++i) found += trace_of<P...>.graph.nodes[i].op == op;
  return found;
}

// A policy that acts behind p + u: only positive parameters.
struct Positive {
  static constexpr void after(Record& r) { r.parameter = max(r.parameter, r.parameter.number(0)); }
};

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("adjacent factors fold into one multiplication") {
  CHECK(nodes_of<LearningRate>(Op::scale) == 1);
  CHECK(nodes_of<LearningRate, Warmup, Decay>(Op::scale) == 1);
  CHECK(nodes_of<LearningRate, Clip, Warmup, Decay>(Op::scale) == 2);
}

TEST_CASE("update and gradient are the same until a policy writes only the update") {
  constexpr auto& trace = trace_of<Clip, WeightDecay, Momentum, Clip, LearningRate>;
  CHECK(trace.one[0]);
  CHECK(trace.one[1]);
  CHECK(trace.one[2]);
  CHECK_FALSE(trace.one[3]);
  CHECK_FALSE(trace.one[4]);
  constexpr auto& rate_first = trace_of<LearningRate, Momentum>;
  CHECK(rate_first.one[0]);
  CHECK_FALSE(rate_first.one[1]);
}

TEST_CASE("records what each policy receives; the first one gets the incoming gradient") {
  constexpr auto& trace = trace_of<Clip, Momentum, Nesterov>;
  CHECK(trace.graph.nodes[trace.received[0]].op == Op::stream);
  CHECK(trace.graph.nodes[trace.received[0]].a == 1);
  CHECK(trace.graph.nodes[trace.received[1]].op == Op::max);
  CHECK(trace.received[2] == trace.slot[0]);
}

TEST_CASE("the parameter becomes p + u, and policies behind apply see that") {
  constexpr auto& plain = trace_of<LearningRate>;
  const Node sum = plain.graph.nodes[plain.parameter];
  CHECK(sum.op == Op::add);
  CHECK(plain.graph.nodes[sum.a].op == Op::stream);
  CHECK(plain.graph.nodes[sum.a].a == 0);
  constexpr auto& positive = trace_of<Positive, LearningRate>;
  CHECK(positive.graph.nodes[positive.parameter].op == Op::max);
}

TEST_CASE("products shared by several policies are computed once") {
  CHECK(nodes_of<Momentum>(Op::mul) == 2);
  CHECK(nodes_of<Momentum, Nesterov>(Op::mul) == 3);
}

TEST_SUITE_END();
