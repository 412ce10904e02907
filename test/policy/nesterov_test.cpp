// SPDX-License-Identifier: MIT
#include <gradus/policy/nesterov.hpp>

#include "support/constant_step.hpp"

#include <gradus/compose/optimizer.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// v = 0.5 * 4 + 8 = 10, u = 8 + 0.5 * 10 = 13.
static_assert(constant_step(Pack{Momentum{0.5}, Nesterov{}}, Element<1>{1, {4}}, 8) == Element<1>{14, {10}});
// The dampened velocity, the gradient as it is: v = 0.5 * 4 + 0.5 * 8 = 6, u = 8 + 3.
static_assert(constant_step(Pack{AveragedMomentum{0.5}, Nesterov{}}, Element<1>{1, {4}}, 8) == Element<1>{12, {6}});
static_assert(constant_step(Pack{TorchMomentum{0.5}, Nesterov{}}, Element<1>{1, {4}}, 8) == Element<1>{14, {10}});

TEST_SUITE_BEGIN("nesterov");

TEST_CASE("it looks ahead along the gradient that the momentum received") {
  double theta = 2;
  Optimizer optimizer{WeightDecay{0.5}, Clip{1}, Momentum{0.5}, Nesterov{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 4.0, state);  // 4 - 0.5 * 2 = 3, limited to 1; v = 1; u = 1 + 0.5
  CHECK(theta == 3.5);
  CHECK(state.slot<double>("velocity")[0] == 1);
}

TEST_CASE("the step it takes is the one momentum takes next, and a share of it") {
  double theta = 0;
  Optimizer optimizer{Momentum{0.5}, Nesterov{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == (1 + 0.5) + (1 + 0.75));
}

TEST_CASE("it keeps no slots of its own") {
  CHECK(slot_count<Nesterov> == 0);
  CHECK(BorrowingPolicy<Nesterov>);
}

TEST_SUITE_END();
