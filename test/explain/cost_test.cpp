// SPDX-License-Identifier: MIT
#include <gradus/explain/cost.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

template <class... P>
constexpr Cost of = cost<Optimizer<P...>>;

constexpr bool costs(const Cost& c, std::size_t passes, std::size_t slots, std::size_t reads, std::size_t writes) {
  return c.passes == passes && c.slots == slots && c.reads == reads && c.writes == writes;
}

}  // namespace

// The words per element that the literature counts: SGD 2 and 1, momentum 3 and 2, Adam 4 and 3; a norm adds one read.
static_assert(costs(of<LearningRate>, 1, 0, 2, 1));
static_assert(costs(of<Momentum, LearningRate>, 1, 1, 3, 2));
static_assert(costs(of<CorrectedMomentum, CorrectedAdaptive, LearningRate>, 1, 2, 4, 3));
static_assert(costs(of<CorrectedMomentum, LargestAdaptive, LearningRate>, 1, 3, 5, 4));
static_assert(costs(of<Clip, Momentum, Nesterov, Adaptive, WeightDecay, LearningRate, Warmup, Decay>, 1, 2, 4, 3));
static_assert(costs(of<ClipNorm, LearningRate>, 2, 0, 3, 1));

// Bytes follow from the element types of parameters, slots and gradients.
using Adam = Optimizer<CorrectedMomentum, CorrectedAdaptive, LearningRate>;
static_assert(cost<Adam>.bytes == 7 * 4 && cost<Adam>.slot_bytes == 2 * 4);
static_assert(cost<const Adam&, double>.bytes == 7 * 8);
static_assert(cost<Adam, double, Storage<float>>.bytes == 3 * 8 + 4 * 4);
static_assert(cost<Adam, double, Storage<void, float>>.bytes == 2 * 8 + 4 + 4 * 8);
static_assert(cost<Optimizer<ClipNorm, LearningRate>, double, Storage<void, float>>.bytes == 2 * 8 + 2 * 4);

TEST_CASE("a backend, a schedule and nesting do not change the cost") {
  constexpr Optimizer nested{Clip{}, recipe::adam(), backend::Serial{}};
  CHECK(cost<decltype(nested)>.bytes == cost<Adam>.bytes);
  const Optimizer followed{Momentum{}, follow<&LearningRate::rate>(Cosine{.from = 1, .to = 0, .steps = 10})};
  CHECK(cost<decltype(followed)>.bytes == cost<Optimizer<Momentum, LearningRate>>.bytes);
}

TEST_CASE("all policies that inspect the incoming gradient share one read pass") {
  CHECK(costs(of<RefuseNonFinite, ClipNorm, LearningRate>, 2, 0, 3, 1));
  CHECK(costs(of<SkipNonFinite, LearningRate>, 2, 0, 3, 1));
}

TEST_CASE("a norm of something else recomputes it in a pass of its own") {
  CHECK(costs(of<Momentum, ClipNorm>, 2, 1, 3 + 2, 2));     // gradient and velocity are read again
  CHECK(costs(of<WeightDecay, ClipNorm>, 2, 0, 2 + 2, 1));  // gradient and parameter are read again
  CHECK(costs(of<ClipNorm, Momentum, ClipNorm>, 3, 1, 3 + 1 + 2, 2));
}

TEST_CASE("observers and an empty composition add no cost") {
  CHECK(costs(of<LearningRate, Log<>>, 1, 0, 2, 1));
  CHECK(costs(of<>, 1, 0, 2, 1));
}
