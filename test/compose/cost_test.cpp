// SPDX-License-Identifier: MIT
#include <gradus/compose/cost.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

template <class... P>
constexpr Cost cost = cost_of<Plan<P...>>();

constexpr bool costs(const Cost& c, std::size_t passes, std::size_t slots, std::size_t reads, std::size_t writes) {
  return c.passes == passes && c.slots == slots && c.reads == reads && c.writes == writes;
}

}  // namespace

// The words per element that the literature counts: SGD 2 and 1, momentum 3 and 2, Adam 4 and 3; a norm adds one read.
static_assert(costs(cost<LearningRate>, 1, 0, 2, 1));
static_assert(costs(cost<Momentum, LearningRate>, 1, 1, 3, 2));
static_assert(costs(cost<CorrectedMomentum, CorrectedAdaptive, LearningRate>, 1, 2, 4, 3));
static_assert(costs(cost<CorrectedMomentum, LargestAdaptive, LearningRate>, 1, 3, 5, 4));
static_assert(costs(cost<Clip, Momentum, Nesterov, Adaptive, WeightDecay, LearningRate, Warmup, Decay>, 1, 2, 4, 3));
static_assert(costs(cost<ClipNorm, LearningRate>, 2, 0, 3, 1));

TEST_CASE("all that look at the incoming gradient share one pass") {
  CHECK(costs(cost<RefuseNonFinite, ClipNorm, LearningRate>, 2, 0, 3, 1));
  CHECK(costs(cost<SkipNonFinite, LearningRate>, 2, 0, 3, 1));
}

TEST_CASE("a norm of something else recomputes it in a pass of its own") {
  CHECK(costs(cost<Momentum, ClipNorm>, 2, 1, 3 + 2, 2));        // gradient and velocity once more
  CHECK(costs(cost<WeightDecay, ClipNorm>, 2, 0, 2 + 2, 1));     // gradient and parameter once more
  CHECK(costs(cost<ClipNorm, Momentum, ClipNorm>, 3, 1, 3 + 1 + 2, 2));
}

TEST_CASE("observers and what is not in the type cost nothing") {
  CHECK(costs(cost<LearningRate, Log<>>, 1, 0, 2, 1));
  CHECK(costs(cost<>, 1, 0, 2, 1));
}
