// SPDX-License-Identifier: MIT
#include <gradus/core/sums.hpp>

#include <gradus/policy/clip_leaf.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/normalize.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace gradus;

static_assert(HasSums<ClipLeafRms> && !HasSums<Momentum>);
static_assert(sum_count<ClipLeafRms> == 2 && sum_count<Normalize> == 1 && sum_count<Momentum> == 0);
static_assert(per_leaf_of<ClipLeafNorm> && !per_leaf_of<Normalize> && !per_leaf_of<Momentum>);

TEST_CASE("sums are indexed in the order a policy names them") {
  const double values[]{3, 5};
  const Sums sums{values};
  CHECK(sums[0] == 3);
  CHECK(sums[1] == 5);
}

namespace {

struct Halving {
  static constexpr Name sums[]{"rest"};
  static constexpr Name settles[]{"before", "rounds"};
  bool settle(const double* sum, double* number) const {
    const bool same = number[0] == sum[0];
    return number[0] = sum[0], ++number[1], same;
  }
};
static_assert(SettlingPolicy<Halving> && sum_room<Halving> == 3);
static_assert(!SettlingPolicy<Normalize> && sum_room<Normalize> == 1);

}  // namespace

TEST_CASE("iterated sums start from 0 and are taken again until they have settled") {
  double sum[]{123, 45, 6};
  std::vector<double> seen;
  settle(Halving{}, sum, [&] {
    seen.push_back(sum[0]);
    sum[0] = sum[0] == 0 ? 8 : std::max(1.0, sum[0] / 2);
  });
  CHECK(seen == std::vector<double>{0, 8, 4, 2, 1});
  CHECK(sum[0] == 1);
  CHECK(sum[2] == 5);
}
