// SPDX-License-Identifier: MIT
#include <gradus/plan/plan.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/average.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_leaf.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/distance_adaptation.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/noise.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/refuse_non_finite.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/trust_ratio.hpp>
#include <gradus/policy/weight_decay.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

// Keeps a number that it only reads.
struct Anchored {
  static constexpr Slot slots[]{{"anchor"}};
  static constexpr void apply(Record& r, Lane& anchor) { r.update = r.update + anchor; }
};

// Keeps a number that nothing else uses.
struct Remembers {
  static constexpr Slot slots[]{{"last"}};
  static constexpr void apply(Record& r, Lane& last) { last = r.gradient; }
};

static_assert(detail::Chain<detail::Plan<Clip, Momentum>::Update>);
static_assert(detail::Chain<detail::Plan<Momentum, ClipNorm>::Received<1>>);

}  // namespace

TEST_SUITE_BEGIN("plan");

TEST_CASE("a composition without norms or sums reads nothing beforehand") {
  CHECK(detail::Plan<Clip, Momentum, Adaptive, LearningRate>::read_passes == 0);
}

TEST_CASE("all policies that inspect the incoming gradient share one pass") {
  CHECK(detail::Plan<ClipNorm>::read_passes == 1);
  CHECK(detail::Plan<ClipNorm>::shared_reads == 1);
  CHECK(detail::Plan<RefuseNonFinite, SkipNonFinite, ClipNorm, Momentum>::read_passes == 1);
  CHECK(detail::Plan<Momentum, LearningRate, SkipNonFinite>::read_passes == 1);
}

TEST_CASE("a norm of something recomputed has a pass of its own") {
  CHECK(detail::Plan<Momentum, ClipNorm>::read_passes == 1);
  CHECK(detail::Plan<Momentum, ClipNorm>::shared_reads == 0);
  CHECK(detail::Plan<ClipNorm, Momentum, ClipNorm>::read_passes == 2);
  CHECK(detail::Plan<ClipNorm, ClipNorm>::read_passes == 2);
  CHECK(detail::Plan<Clip, ClipNorm, RefuseNonFinite>::read_passes == 2);
}

TEST_CASE("all sums of a policy share one pass, which reads only what their terms need") {
  CHECK(detail::Plan<TrustRatio>::read_passes == 1);
  CHECK(detail::Plan<TrustRatio>::shared_reads == 0);
  CHECK(detail::Plan<TrustRatio>::Terms<0>::measured.count == 4);
  CHECK(detail::Plan<TrustRatio>::Terms<0>::reads_parameter);
  CHECK_FALSE(detail::Plan<Normalize>::Terms<0>::reads_parameter);
  CHECK(detail::Plan<ClipNorm, Momentum, TrustRatio>::read_passes == 2);
}

TEST_CASE("recomputing reads only what is needed") {
  CHECK(detail::Plan<ClipNorm>::Received<0>::raw);
  CHECK_FALSE(detail::Plan<Momentum, ClipNorm>::Received<1>::raw);
  CHECK_FALSE(detail::Plan<Momentum, ClipNorm>::Received<1>::reads_parameter);
  CHECK(detail::Plan<Momentum, ClipNorm>::reads(detail::Plan<Momentum, ClipNorm>::Received<1>::needed, 2));
  CHECK(detail::Plan<WeightDecay, ClipNorm>::Received<1>::reads_parameter);
  CHECK(detail::Plan<Momentum, ClipNorm>::Received<1>::parameter == -1);
  CHECK(detail::Plan<Momentum, ClipNorm>::Received<1>::slot.of[0] == -1);
}

TEST_CASE("a pass draws all numbers or none, and takes the sums that texts emit") {
  CHECK(detail::Plan<Noise, Noise, LearningRate>::Update::drawn_count == 2);
  CHECK(detail::Plan<TrustRatio, Noise>::Terms<0>::drawn_count == 0);
  CHECK(detail::Plan<Noise, TrustRatio>::Terms<1>::drawn_count == 1);
  CHECK(detail::Plan<DistanceAdaptation>::Update::sums);
  CHECK_FALSE(detail::Plan<Momentum>::Update::sums);
}

TEST_CASE("each policy's terms are its own, and what only a slot needs is needed") {
  using Two = detail::Plan<ClipLeafNorm, TrustRatio>;
  CHECK(Two::Terms<1>::measured.of[0] == Two::traced.term[2]);
  CHECK(Two::Terms<1>::measured.of[0] != Two::Terms<0>::measured.of[0]);
  using Averaged = detail::Plan<LearningRate, MovingAverage>::Update;
  CHECK(Averaged::needed.has[Averaged::slot.of[0]]);
}

TEST_CASE("a slot is written only if it changes") {
  CHECK(detail::Plan<Momentum>::Update::slot.of[0] >= 0);
  CHECK(detail::Plan<Anchored>::Update::slot.of[0] == -1);
  using Two = detail::Plan<Anchored, Momentum>::Update;
  CHECK(Two::slot.of[0] == -1);
  CHECK(Two::slot.of[1] >= 0);
  CHECK(detail::Plan<Remembers>::Update::slot.of[0] >= 0);
}

TEST_CASE("nodes that no output depends on are not needed") {
  using Update = detail::Plan<Remembers, Momentum>::Update;
  CHECK(Update::needed.has[Update::parameter]);
  CHECK(Update::needed.has[Update::slot.of[0]]);
  int needed = 0;
  using Received = detail::Plan<Momentum, Adaptive, ClipNorm>::Received<1>;
  for (int i = 0; i < Received::graph.size; ++i) needed += Received::needed.has[i];
  CHECK(needed == 4 + 3);  // g, v and two scalars; two products and a sum
}

TEST_SUITE_END();
