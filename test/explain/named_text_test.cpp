// SPDX-License-Identifier: MIT
#include <gradus/explain/named_text.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

using namespace gradus;

namespace {

template <std::size_t I, class... P>
constexpr detail::NamedText at() {
  return detail::named_text<typename detail::Composition<gradus::detail::Pack<P...>>::layout, I>();
}

std::vector<std::string_view> names(std::span<const Name> all) { return {all.begin(), all.end()}; }
using Names = std::vector<std::string_view>;

}  // namespace

TEST_SUITE_BEGIN("named text");

TEST_CASE("a policy's text can run on symbols that the caller made") {
  constexpr detail::NamedText momentum = at<0, Momentum>();
  CHECK(momentum.policy == "Momentum");
  REQUIRE(momentum.slots.size() == 1);
  CHECK(momentum.slots[0].name == "velocity");
  CHECK(names(momentum.scalars) == Names{"factor", "1 - dampening"});

  detail::Graph graph;
  const auto stream = [&](short i) { return Lane{&graph, graph.put({detail::Op::stream, i})}; };
  Record r{stream(0), stream(1), stream(2), stream(3), stream(4)};
  Lane velocity = stream(5);
  const Lane given[]{{&graph, graph.put({detail::Op::scalar, 0})}, {&graph, graph.put({detail::Op::scalar, 1})}};
  const short before = r.update.id;
  momentum.run(r, &velocity, given);
  CHECK(r.update.id == velocity.id);
  CHECK(r.update.id != before);
  CHECK(graph.nodes[velocity.id].op == detail::Op::add);
}

TEST_CASE("a policy that borrows a slot reads that of the policy in front of it") {
  constexpr detail::NamedText nesterov = at<1, Momentum, Nesterov>();
  CHECK(nesterov.policy == "Nesterov");
  REQUIRE(nesterov.slots.size() == 1);
  CHECK(nesterov.slots[0].name == "velocity");
  CHECK(names(nesterov.scalars) == Names{"factor", "1 - dampening"});
}

TEST_CASE("factors, and policies that write nothing, have no text to run") {
  constexpr detail::NamedText rate = at<0, LearningRate, Warmup>(), warmup = at<1, LearningRate, Warmup>();
  CHECK((rate.run == nullptr));
  CHECK(rate.factor == "rate");
  CHECK(rate.remark.empty());
  constexpr detail::NamedText resting = at<1, LearningRate, When<Warmup, From>>();
  CHECK(resting.policy == "When<Warmup, From>");
  CHECK(resting.remark == ", in the same factor, where it acts");
  CHECK(warmup.factor == "min(1, t / steps)");
  CHECK(warmup.remark == ", in the same factor");

  constexpr detail::NamedText guard = at<0, RefuseNonFinite, LearningRate>();
  CHECK((guard.run == nullptr));
  CHECK(guard.factor.empty());
  CHECK(guard.remark == "looks whether the incoming gradient is finite");
  CHECK(at<1, LearningRate, Log<>>().remark == "looks at some steps");
}

TEST_CASE("NamedText tells who acts behind apply, receives the gradient, keeps numbers, emits sums or draws") {
  CHECK(at<0, Box, LearningRate>().behind);
  CHECK_FALSE(at<1, Box, LearningRate>().behind);
  CHECK(at<0, Clip, Momentum>().receives);
  CHECK_FALSE(at<1, Clip, Momentum>().receives);
  constexpr detail::NamedText distance = at<1, LearningRate, DistanceAdaptation>();
  CHECK(distance.emits);
  CHECK(names(distance.kept)[1] == "d <- max(d, n / ((1 - b) total(abs(s))))");
}

TEST_SUITE_END();
