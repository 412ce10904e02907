// SPDX-License-Identifier: MIT
#include <gradus/plan/order.hpp>

#include "support/user_policies.hpp"

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/average.hpp>
#include <gradus/policy/belief.hpp>
#include <gradus/policy/box.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/distance_adaptation.hpp>
#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/lookahead.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/noise.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/sphere.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>
#include <gradus/schedule/when.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <utility>

// Orders that the library's own policies refuse do not compile and are covered by test/refuse. This file has the orders
// that are accepted, and policies whose `place` answers without an assertion.

namespace {

template <class... P>
constexpr bool legal = gradus::detail::in_order<gradus::detail::Pack<P...>>(std::index_sequence_for<P...>{});

/// A policy that makes the update twice as large, to build on.
struct WrittenTwice {
  static constexpr void apply(gradus::Record& r) { r.update = r.update + r.update; }
};

struct First : WrittenTwice {
  template <class Before>
  static constexpr bool place() {
    return std::same_as<Before, gradus::Policies<>>;
  }
};

struct BehindTwiceAndClip : WrittenTwice {
  template <class Before>
  static constexpr bool place() {
    return std::same_as<Before, gradus::Policies<WrittenTwice, gradus::Clip>>;
  }
};

struct Never : WrittenTwice {
  template <class Before>
  static constexpr bool place() {
    return false;
  }
};

/// May occur only once.
struct Once : WrittenTwice {
  static constexpr bool once = true;
};

}  // namespace

TEST_CASE("order: sensible orders of the library's policies are legal") {
  using namespace gradus;
  static_assert(legal<>);
  static_assert(legal<LearningRate>);
  static_assert(legal<Clip, Momentum, Nesterov, Adaptive, WeightDecay, LearningRate, Warmup, Decay>);
  static_assert(legal<ClipNorm, CorrectedMomentum, CorrectedAdaptive, LearningRate>);
  static_assert(legal<LearningRate, Clip, WeightDecay>);
  static_assert(legal<Momentum, Adaptive, Clip, LearningRate>);
  static_assert(legal<Clip, WeightDecay, Momentum, Nesterov>);
  static_assert(legal<TorchMomentum, Nesterov>);
  static_assert(legal<AveragedMomentum, Nesterov>);
  static_assert(legal<SkipNonFinite, Momentum, Nesterov, LearningRate>);
}

TEST_CASE("order: policies that may occur twice") {
  using namespace gradus;
  static_assert(legal<Clip, Momentum, Clip>);
  static_assert(legal<WeightDecay, Adaptive, WeightDecay>);
  static_assert(legal<WrittenTwice, WrittenTwice, WrittenTwice>);
}

TEST_CASE("order: orders that only look like a lost or doubled policy are legal") {
  using namespace gradus;
  static_assert(legal<Clip, WeightDecay, Noise, Belief, DivideByRoot, LearningRate>);  // these only change the gradient
  static_assert(legal<LearningRate, ProdigyAdaptation>);                               // reads the rate itself
  static_assert(legal<When<Adaptive, Until>, When<Adaptive, From>, LearningRate>);
  static_assert(legal<CorrectedMomentum, CorrectedAdaptive, NormalizeLeaf, LearningRate>);
  static_assert(legal<LearningRate, Box, MovingAverage> && legal<MovingAverage, Clip, LearningRate>);
  static_assert(legal<LearningRate, Lookahead, Sphere>);
  static_assert(legal<Adaptive, When<Adaptive, From>> && legal<When<Adaptive, Until>, Adaptive>);
  static_assert(legal<When<Sphere, Every>, Box>);  // the sphere is left only in the steps that it rests in
}

TEST_CASE("order: a policy that may occur once may do so anywhere") {
  static_assert(legal<Once, WrittenTwice>);
  static_assert(legal<WrittenTwice, Once>);
  static_assert(legal<WrittenTwice, Once, WrittenTwice>);
}

TEST_CASE("order: a user's policy without a place may stand anywhere") {
  using namespace gradus;
  static_assert(legal<user::Lion, LearningRate, user::Box, user::Mean>);
  static_assert(legal<user::Mean, user::Box, Momentum>);
}

TEST_CASE("order: a place sees exactly the preceding policies, in order") {
  using gradus::Clip;
  static_assert(legal<First>);
  static_assert(legal<First, WrittenTwice, Clip>);
  static_assert(!legal<WrittenTwice, First>);
  static_assert(legal<WrittenTwice, Clip, BehindTwiceAndClip>);
  static_assert(legal<WrittenTwice, Clip, BehindTwiceAndClip, Clip>);
  static_assert(!legal<Clip, WrittenTwice, BehindTwiceAndClip>);
  static_assert(!legal<WrittenTwice, BehindTwiceAndClip>);
  static_assert(!legal<WrittenTwice, Clip, Clip, BehindTwiceAndClip>);
}

TEST_CASE("order: one policy out of place makes the whole composition illegal") {
  static_assert(!legal<Never>);
  static_assert(!legal<Never, WrittenTwice>);
  static_assert(!legal<WrittenTwice, Never>);
  static_assert(!legal<WrittenTwice, Never, gradus::Clip>);
}
