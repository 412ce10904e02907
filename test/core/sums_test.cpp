// SPDX-License-Identifier: MIT
#include <gradus/core/sums.hpp>

#include <gradus/policy/clip_leaf.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/normalize.hpp>

#include <doctest/doctest.h>

using namespace gradus;

static_assert(HasSums<ClipLeafRms> && !HasSums<Momentum>);
static_assert(sum_count<ClipLeafRms> == 2 && sum_count<Normalize> == 1 && sum_count<Momentum> == 0);
static_assert(per_leaf_of<ClipLeafNorm> && !per_leaf_of<Normalize> && !per_leaf_of<Momentum>);

TEST_CASE("sums are numbered as a policy names them") {
  const double values[]{3, 5};
  const Sums sums{values};
  CHECK(sums[0] == 3);
  CHECK(sums[1] == 5);
}
