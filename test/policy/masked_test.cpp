// SPDX-License-Identifier: MIT
#include <gradus/policy/masked.hpp>

#include "support/constant_step.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{Masked<Momentum>{0.5}}, Element<2>{1, {8, 1}}, 3) == Element<2>{8, {7, 1}});
static_assert(constant_step(Pack{Masked<Momentum>{0.5}}, Element<2>{1, {8, 0}}, 3) == Element<2>{4, {8, 0}});

TEST_SUITE_BEGIN("masked");

TEST_CASE("masks start at 1 everywhere, and changing a mask takes effect") {
  std::vector<double> theta{4, 4, 4};
  const std::vector<double> zero(3), mask{1, 0, 1};
  const Optimizer optimizer{masked(WeightDecay{0.5})};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, zero, state);
  CHECK(theta == std::vector<double>{2, 2, 2});
  std::ranges::copy(mask, state.slot<double>("mask").begin());
  optimizer.ascend(theta, zero, state);
  CHECK(theta == std::vector<double>{1, 2, 1});
}

TEST_CASE("a constraint can act on some elements only, and two masks are independent") {
  std::vector<double> theta{5, -5};
  const Optimizer optimizer{masked(Box{0, 1}), masked(Box{-3, 3})};
  auto state = optimizer.init(theta);
  std::size_t masks = 0;
  state.visit([&](std::string_view, std::string_view slot, auto values) {
    if (slot.starts_with("mask")) values[masks++] = 0;  // the first element in the first mask, the second in the other
  });
  CHECK(masks == 2);
  optimizer.ascend(theta, std::vector<double>{0, 0}, state);
  CHECK(theta == std::vector<double>{3, 0});
}

TEST_CASE("a policy that follows a schedule can be masked, in either nesting") {
  const auto half = [](std::int64_t) { return 0.5; };
  const auto check = [](const auto& optimizer) {
    std::vector<double> theta{4, 4};
    auto state = optimizer.init(theta);
    state.template slot<double>("mask")[1] = 0;
    optimizer.ascend(theta, std::vector<double>{0, 0}, state);
    CHECK(theta == std::vector<double>{2, 4});
  };
  check(Optimizer{masked(follow<&WeightDecay::rate>(half))});
  check(Optimizer{follow<&WeightDecay::rate>(half, masked(WeightDecay{}))});
  check(Optimizer{masked(when(Every{1}, follow<&WeightDecay::rate>(half)))});
}

TEST_CASE("first values of the policy's own slots are kept") {
  double theta = 1;
  const Optimizer optimizer{masked(Resilient{.first_length = 0.25})};
  const auto state = optimizer.init(theta);
  CHECK(state.slot<double>("length")[0] == 0.25);
  CHECK(state.slot<double>("mask")[0] == 1);
}

TEST_CASE("hyper-parameters are those of the policy, and checked as such") {
  CHECK_THROWS_AS((Optimizer{masked(Clip{-1})}), Refused);
}

TEST_SUITE_END();
