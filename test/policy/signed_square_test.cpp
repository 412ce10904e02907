// SPDX-License-Identifier: MIT
#include <gradus/policy/signed_square.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// Up: s = 5 + 0.25 * 4^2 = 9, corrected by 4 in the first step: u = 4 / (6 + 2).
static_assert(constant_step(Pack{SignedSquare{0.75}, DivideByRoot{2}}, Element<1>{1, {5}}, 4) == Element<1>{1.5, {9}});
// Down: s = 20 - 0.25 * 4^2 = 16: u = 4 / (8 + 8).
static_assert(constant_step(Pack{SignedSquare{0.75}, DivideByRoot{8}}, Element<1>{1, {20}}, 4) ==
              Element<1>{1.25, {16}});

TEST_SUITE_BEGIN("signed_square");

TEST_CASE("after a spike it falls in steps of the later gradients' size, not exponentially") {
  double theta = 0;
  const Optimizer optimizer{SignedSquare{.beta = 0.9, .initial = 0}, DivideByRoot{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 100.0, state);
  for (int t = 0; t < 50; ++t) optimizer.ascend(theta, 1.0, state);
  CHECK(state.slot<double>("second")[0] == doctest::Approx(0.1 * 100 * 100 - 50 * 0.1));
}

TEST_CASE("beta lies in [0, 1), initial is finite and at least 0") {
  CHECK_THROWS_AS((Optimizer{SignedSquare{.beta = 1}, DivideByRoot{}}), Refused);
  CHECK_THROWS_AS((Optimizer{SignedSquare{.initial = -1}, DivideByRoot{}}), Refused);
}

TEST_SUITE_END();
