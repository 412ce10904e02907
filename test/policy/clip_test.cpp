// SPDX-License-Identifier: MIT
#include <gradus/policy/clip.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <cmath>

using gradus::Clip;
using gradus::Momentum;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{Clip{2}}, Element<0>{1}, 5) == Element<0>{3});
static_assert(constant_step<true>(Pack{Clip{2}}, Element<0>{1}, 5) == Element<0>{-1});

TEST_SUITE_BEGIN("clip");

TEST_CASE("every element is limited, by 1 unless said otherwise") {
  std::vector<double> theta(5);
  gradus::Optimizer<Clip> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{-3, -1, 0.25, 1, 1e300}, state);
  CHECK(theta == std::vector<double>{-1, -1, 0.25, 1, 1});
}

TEST_CASE("NaN passes through, infinities are limited, and an infinite limit changes nothing") {
  std::vector<double> theta(3);
  const std::vector<double> gradient{support::not_a_number, support::infinity, -support::infinity};
  gradus::Optimizer optimizer{Clip{2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  CHECK(std::isnan(theta[0]));
  CHECK(theta[1] == 2);
  CHECK(theta[2] == -2);

  optimizer.get<Clip>().value = support::infinity;
  theta = {0, 0, 0};
  optimizer.ascend(theta, gradient, state);
  CHECK(std::isnan(theta[0]));
  CHECK(theta[1] == support::infinity);
  CHECK(theta[2] == -support::infinity);
}

TEST_CASE("in front of the momentum it limits the gradient, behind it the update") {
  double before = 0, behind = 0;
  gradus::Optimizer clip_first{Clip{1}, Momentum{0.5}};
  gradus::Optimizer clip_last{Momentum{0.5}, Clip{1}};
  auto state_before = clip_first.init(before), state_behind = clip_last.init(behind);
  for (int step = 0; step < 2; ++step) {
    clip_first.ascend(before, 4.0, state_before);
    clip_last.ascend(behind, 4.0, state_behind);
  }
  CHECK(before == 2.5);  // 1, then 1 + 0.5
  CHECK(behind == 2);    // 4 and 6, each limited
  CHECK(state_behind.slot<double>("velocity")[0] == 6);
}

TEST_CASE("the limit must be positive") {
  support::ranges(&Clip::value, "Clip.value", {5e-324, 1, support::infinity},
                  {0, -1, support::not_a_number, -support::infinity});
}

TEST_SUITE_END();
