// SPDX-License-Identifier: MIT
#include <gradus/policy/largest_square.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 2 + 0.5 * 4^2 = 9; the largest was 25: u = 4 / (5 + 3).
static_assert(constant_step(Pack{MeanSquare{0.5}, LargestSquare{}, DivideByRoot{3}}, Element<2>{1, {2, 25}}, 4) ==
              Element<2>{1.5, {9, 25}});
// s = 0.5 * 34 + 0.5 * 4^2 = 25 is the largest now.
static_assert(constant_step(Pack{MeanSquare{0.5}, LargestSquare{}, DivideByRoot{3}}, Element<2>{1, {34, 9}}, 4) ==
              Element<2>{1.5, {25, 25}});

TEST_SUITE_BEGIN("largest_square");

TEST_CASE("of the uncorrected moment it is LargestAdaptive without its correction") {
  double theta = 0, other = 0;
  const Optimizer optimizer{MeanSquare{0.9}, LargestSquare{}, DivideByRoot{1e-3}};
  const Optimizer whole{LargestAdaptive{0.9, 1e-3}};
  auto state = optimizer.init(theta), of_whole = whole.init(other);
  for (int t = 0; t < 20; ++t) {
    optimizer.ascend(theta, 3.0 / (1 + t), state), whole.ascend(other, 3.0 / (1 + t), of_whole);
    CHECK(state.slot<double>("largest")[0] == of_whole.slot<double>("largest")[0]);
  }
}

TEST_SUITE_END();
