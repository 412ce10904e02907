// SPDX-License-Identifier: MIT
#include <gradus/plan/trace.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

template <class... P>
constexpr int nodes_of(detail::Op op) {
  int found = 0;
  for (int i = 0; i < detail::trace_of<P...>.graph.size; ++i) found += detail::trace_of<P...>.graph.nodes[i].op == op;
  return found;
}

// A policy that acts behind p + u: only positive parameters.
struct Positive {
  static constexpr void after(Record& r) { r.parameter = max(r.parameter, r.parameter.number(0)); }
};

// Leaves a sum for its next step, and doubles the update.
struct EmitsReceived {
  static constexpr Name emits[]{"g u"};
  static constexpr void apply(Record& r) { r.emitted[0] = {r.gradient, r.update}, r.update = r.update + r.update; }
};

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("each policy's terms are those of what it receives") {
  constexpr auto& trace = detail::trace_of<NormalizeLeaf, LearningRate, NormalizeLeaf>;
  CHECK(trace.term[0] == trace.received[0]);
  CHECK(trace.term[2] == trace.received[2]);
  CHECK(trace.received[2] != trace.received[0]);
}

TEST_CASE("each policy's emitted terms are kept apart") {
  constexpr auto& trace = detail::trace_of<EmitsReceived, LearningRate, EmitsReceived>;
  CHECK(trace.emitted[0] == trace.received[0]);
  CHECK(trace.emitted[1] == trace.received[0]);
  CHECK(trace.emitted[2] == trace.received[0]);
  CHECK(trace.emitted[3] == trace.received[2]);
  CHECK(trace.received[2] != trace.received[0]);
}

TEST_CASE("adjacent factors fold into one multiplication") {
  CHECK(nodes_of<LearningRate>(detail::Op::scale) == 1);
  CHECK(nodes_of<LearningRate, Warmup, Decay>(detail::Op::scale) == 1);
  CHECK(nodes_of<LearningRate, Clip, Warmup, Decay>(detail::Op::scale) == 2);
}

TEST_CASE("update and gradient are the same until a policy writes only the update") {
  constexpr auto& trace = detail::trace_of<Clip, WeightDecay, Momentum, Clip, LearningRate>;
  CHECK(trace.one[0]);
  CHECK(trace.one[1]);
  CHECK(trace.one[2]);
  CHECK_FALSE(trace.one[3]);
  CHECK_FALSE(trace.one[4]);
  constexpr auto& rate_first = detail::trace_of<LearningRate, Momentum>;
  CHECK(rate_first.one[0]);
  CHECK_FALSE(rate_first.one[1]);
}

TEST_CASE("records what each policy receives; the first one gets the incoming gradient") {
  constexpr auto& trace = detail::trace_of<Clip, Momentum, Nesterov>;
  CHECK(trace.graph.nodes[trace.received[0]].op == detail::Op::stream);
  CHECK(trace.graph.nodes[trace.received[0]].a == 1);
  CHECK(trace.graph.nodes[trace.received[1]].op == detail::Op::max);
  CHECK(trace.received[2] == trace.slot[0]);
}

TEST_CASE("the parameter becomes p + u, and policies behind apply see that") {
  constexpr auto& plain = detail::trace_of<LearningRate>;
  const detail::Node sum = plain.graph.nodes[plain.parameter];
  CHECK(sum.op == detail::Op::add);
  CHECK(plain.graph.nodes[sum.a].op == detail::Op::stream);
  CHECK(plain.graph.nodes[sum.a].a == 0);
  constexpr auto& positive = detail::trace_of<Positive, LearningRate>;
  CHECK(positive.graph.nodes[positive.parameter].op == detail::Op::max);
}

TEST_CASE("products shared by several policies are computed once") {
  CHECK(nodes_of<Momentum>(detail::Op::mul) == 2);
  CHECK(nodes_of<Momentum, Nesterov>(detail::Op::mul) == 3);
}

TEST_SUITE_END();
