// SPDX-License-Identifier: MIT
#include <gradus/policy/sign.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>
#include <limits>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

static_assert(constant_step(Pack{Sign{}}, Element<0>{1}, 8) == Element<0>{2});
static_assert(constant_step(Pack{Sign{}}, Element<0>{1}, -1e-300) == Element<0>{0});
static_assert(constant_step(Pack{Sign{}}, Element<0>{1}, 0) == Element<0>{1});
static_assert(constant_step<true>(Pack{Sign{}}, Element<0>{1}, 8) == Element<0>{0});

TEST_SUITE_BEGIN("sign");

TEST_CASE("a NaN stays one, an infinity has a sign") {
  std::vector<float> theta{1, 1};
  const Optimizer optimizer{Sign{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<float>{NAN, -INFINITY}, state);
  CHECK(std::isnan(theta[0]));
  CHECK(theta[1] == 0);
}

TEST_SUITE_END();
