// SPDX-License-Identifier: MIT
#include <gradus/policy/skip_non_finite.hpp>

#include "support/bits.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/log.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/schedule/decay.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

struct CountedSkips {
  int* calls;
  void operator()(const Report&) const { ++*calls; }
};

}  // namespace

TEST_SUITE_BEGIN("skip non-finite");

TEST_CASE("a skipped step changes nothing but the counts of skipped steps") {
  int calls = 0;
  std::vector<double> theta{1, 2}, other{1, 2};
  Optimizer optimizer{Momentum{}, Decay{0.5}, SkipNonFinite{.most = 2}, Log{1, CountedSkips{&calls}}};
  auto state = optimizer.init(theta), other_state = state;
  const std::vector<double> good{3, 4}, bad{3, support::not_a_number};

  optimizer.ascend(theta, good, state);
  const auto before = theta;
  optimizer.ascend(theta, bad, state);
  CHECK(support::same_bits(theta, before));
  CHECK(state.step() == 1);
  CHECK(state.skipped() == 1);
  CHECK(state.skipped_in_a_row() == 1);
  CHECK(calls == 1);
  optimizer.ascend(theta, good, state);
  CHECK(state.step() == 2);
  CHECK(state.skipped() == 1);
  CHECK(state.skipped_in_a_row() == 0);

  optimizer.ascend(other, good, other_state);
  optimizer.ascend(other, good, other_state);
  CHECK(support::same_bits(theta, other));
  CHECK(support::same_bits(state.slot<double>("velocity"), other_state.slot<double>("velocity")));
}

TEST_CASE("exceeding the allowed number of skips in a row is refused") {
  double theta = 1;
  Optimizer optimizer{SkipNonFinite{.most = 2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, support::infinity, state);
  optimizer.ascend(theta, support::infinity, state);
  const auto before = state;
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, support::not_a_number, state),
                       doctest::Contains("is nan at element 0, and 2 steps in a row were skipped already"), Refused);
  CHECK((state == before));
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 2);
  CHECK_NOTHROW(optimizer.ascend(theta, support::not_a_number, state));
}

TEST_CASE("most = 0 allows no skip, and the default is 10") {
  double theta = 1;
  Optimizer never{SkipNonFinite{.most = 0}};
  auto state = never.init(theta);
  CHECK_THROWS_AS(never.ascend(theta, support::not_a_number, state), Refused);
  CHECK(SkipNonFinite{}.most == 10);
}

TEST_CASE("most is at least 0") {
  support::ranges(&SkipNonFinite::most, "SkipNonFinite.most", {0, 1, std::int64_t{1} << 40}, {-1});
}

TEST_SUITE_END();
