// SPDX-License-Identifier: MIT
#include <gradus/plan/layout.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/box.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_leaf.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/refuse_non_finite.hpp>
#include <gradus/policy/simplex.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

using Chain = detail::Layout<Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup, Decay>;
static_assert(Chain::slots == 2 && Chain::scalars == 2 + 2 + 3 + 1 && Chain::numbers == 1);
static_assert(Chain::slot[1] == 0 && Chain::slot[3] == 1);
static_assert(Chain::scalar[1] == 2 && Chain::scalar[3] == 4);
static_assert(Chain::factor[4] && !Chain::factor[3]);
static_assert(!Chain::folds(4) && Chain::folds(5) && Chain::folds(6));
static_assert(detail::Layout<>::slots == 0 && detail::Layout<>::scalars == 0);
static_assert(!detail::Layout<LearningRate, Clip, Warmup>::folds(2));
static_assert(detail::Layout<LearningRate, Clip, Warmup>::scalars == 4);
static_assert(detail::Layout<LearningRate, RefuseNonFinite, Box, Decay>::folds(3),
              "what has nothing to do with the update");
static_assert(detail::Layout<Clip, LearningRate, RefuseNonFinite, Box, Decay>::first_scalar(4) == 2);
static_assert(detail::Layout<CorrectedMomentum, CorrectedAdaptive, Decay>::number[2] == 2);

using Constrained = detail::Layout<Simplex, ClipNorm, LearningRate, Box>;
static_assert(Constrained::behind == std::array<std::size_t, 2>{0, 3}, "what acts behind p + u");
static_assert(Constrained::looking == std::array<std::size_t, 2>{1, 0}, "who looks behind p + u needs all else");
static_assert(Constrained::measuring == std::array<std::size_t, 1>{1});
static_assert(detail::Layout<Clip, Momentum>::behind.size() == 0);
static_assert(detail::Layout<Normalize, Clip>::leaf_sums == 0 &&
                  detail::Layout<Normalize, ClipLeafNorm>::leaf_sums == 2,
              "a leaf has a row of all sums, if it has any");
static_assert(detail::Layout<LearningRate, Warmup, Decay>::first_scalar(2) == 0, "that of the first of three factors");

}  // namespace

TEST_CASE("layout: counts the factors in front of a policy") {
  using Rates = detail::Layout<Clip, LearningRate, Momentum, Warmup, Decay>;
  CHECK(Rates::factors_before(1) == 0);
  CHECK(Rates::factors_before(2) == 1);
  CHECK(Rates::factors_before(Rates::size) == 3);
}
