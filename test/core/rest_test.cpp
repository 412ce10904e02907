// SPDX-License-Identifier: MIT
#include <gradus/core/rest.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

static_assert(detail::can_rest<Momentum>() && detail::can_rest<Box>() && detail::can_rest<LearningRate>() &&
              detail::can_rest<DivideByRoot>());

namespace {

// Estimates and divides in one text, by way of the record.
struct OwnSquare {
  static constexpr bool estimates = true, divides = true;
  static constexpr Slot slots[]{{"sum"}};
  static constexpr void apply(Record& r, Lane& sum) {
    sum = sum + r.gradient * r.gradient;
    r.square = sum;
    r.update = r.update / sqrt(r.square);
  }
};

}  // namespace

TEST_CASE("a policy that uses up a square of its own can rest") {
  std::vector<double> x{1}, y{1};
  const std::vector<double> g{2};
  const Optimizer resting{when(Until{1}, OwnSquare{}), LearningRate{0.5}};
  const Optimizer plain{LearningRate{0.5}};
  auto state = resting.init(x);
  auto of_plain = plain.init(y);
  resting.ascend(x, g, state);
  CHECK(x[0] == 1.5);
  y = x;
  resting.ascend(x, g, state), plain.ascend(y, g, of_plain);
  CHECK(x == y);
  CHECK(state.slot<double>("sum")[0] == 4);
}

TEST_CASE("act_where makes a text change record and slots only where the lane is above 0") {
  detail::Graph graph;
  const auto lane = [&](std::size_t i) { return Lane{&graph, graph.put({detail::Op::stream, static_cast<short>(i)})}; };
  Record r{lane(0), lane(1), lane(2)};
  Lane velocity = lane(3), acts = lane(4), factor = lane(5), gain = lane(6);
  detail::act_where<Momentum, 1>(r, velocity, acts, factor, gain);
  const auto chosen = [&](Lane is, Lane rested) {
    const detail::Node& node = graph.nodes[is.id];
    return node.op == detail::Op::select_less && node.b == acts.id && node.d == rested.id;
  };
  CHECK(chosen(velocity, lane(3)));
  CHECK(chosen(r.update, lane(2)));
  CHECK(r.gradient.id == lane(1).id);
  CHECK(r.parameter.id == lane(0).id);
}
