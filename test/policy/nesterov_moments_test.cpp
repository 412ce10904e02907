// SPDX-License-Identifier: MIT
#include <gradus/policy/nesterov_moments.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// The first step: m = 0.5 * 4 + 0.5 * 8 = 6, doubled; v = 0.75 * 4 + 0; s = 0.5 * 36 + 0.5 * 8^2 = 50, doubled:
// u = (12 + 3) / (10 + 5).
static_assert(constant_step(Pack{NesterovMoments{0.5, 0.75, 0.5, 0.25}, DivideByRoot{5}}, Element<4>{1, {4, 4, 36, 9}},
                            8) == Element<4>{2, {6, 3, 50, 8}});

TEST_SUITE_BEGIN("nesterov_moments");

TEST_CASE("a growing gradient is extrapolated") {
  const Optimizer ahead{NesterovMoments{.beta1 = 0, .beta2 = 0.5, .beta3 = 0, .ahead = 0.25}, DivideBySquare{0}};
  double theta = 0;
  auto state = ahead.init(theta);
  ahead.ascend(theta, 1.0, state);
  theta = 0;
  // d = 2, v = 0.5 * 2, corrected by 1 - 0.5^2; u = 3 + 0.25 * v / 0.75, square = (3 + 0.25 * 2)^2
  ahead.ascend(theta, 3.0, state);
  CHECK(theta == doctest::Approx((3 + 0.25 / 0.75) / 12.25));
}

TEST_CASE("all betas lie in [0, 1), and ahead is not negative") {
  CHECK_THROWS_AS((Optimizer{NesterovMoments{.beta1 = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{NesterovMoments{.beta2 = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{NesterovMoments{.beta3 = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{NesterovMoments{.ahead = -1}, DivideByRoot{}}), Refused);
}

TEST_SUITE_END();
