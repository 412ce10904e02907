// SPDX-License-Identifier: MIT
#include <gradus/schedule/warmup.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/learning_rate.hpp>

#include <doctest/doctest.h>

using gradus::LearningRate;
using gradus::Warmup;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(gradus::detail::Pack{Warmup{4}}, Element<0>{1}, 8, 1) == Element<0>{3});
static_assert(constant_step(gradus::detail::Pack{Warmup{4}}, Element<0>{1}, 8, 3) == Element<0>{7});
static_assert(constant_step(gradus::detail::Pack{Warmup{4}}, Element<0>{1}, 8, 4) == Element<0>{9});
static_assert(constant_step(gradus::detail::Pack{Warmup{4}}, Element<0>{1}, 8, 5) == Element<0>{9});
static_assert(constant_step(gradus::detail::Pack{LearningRate{0.5}, Warmup{4}}, Element<0>{1}, 8, 2) == Element<0>{3});

TEST_SUITE_BEGIN("warmup");

TEST_CASE("the rate rises in equal steps to its full value and stays there") {
  double theta = 0;
  gradus::Optimizer optimizer{LearningRate{2}, Warmup{.steps = 4}};
  auto state = optimizer.init(theta);
  for (const double part : {0.25, 0.5, 0.75, 1.0, 1.0}) {
    const double before = theta;
    optimizer.ascend(theta, 1.0, state);
    CHECK(theta - before == 2 * part);
  }
}

TEST_CASE("the default of 0 steps means no warm-up") {
  double theta = 0;
  gradus::Optimizer<Warmup> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state);
  CHECK(theta == 1);
}

TEST_CASE("steps are at least 0") {
  support::ranges(&Warmup::steps, "Warmup.steps", {0, 1, std::int64_t{1} << 62}, {-1});
}

TEST_SUITE_END();
