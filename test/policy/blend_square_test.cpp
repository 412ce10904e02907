// SPDX-License-Identifier: MIT
#include <gradus/policy/blend_square.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// s = 0.5 * 52 + 0.5 * 4^2 = 34, blended with 4^2: 25.
static_assert(constant_step(Pack{MeanSquare{0.5}, BlendSquare{0.5}, DivideByRoot{3}}, Element<1>{1, {52}}, 4) ==
              Element<1>{1.5, {34}});

TEST_SUITE_BEGIN("blend_square");

TEST_CASE("at weight 0 the divisor is the gradient's size, at 1 the estimate") {
  double theta = 0;
  const Optimizer sign{MeanSquare{}, BlendSquare{0}, DivideByRoot{0}};
  auto state = sign.init(theta);
  sign.ascend(theta, -7.5, state);
  CHECK(theta == -1);
  double plain = 0, blended = 0;
  const Optimizer one{MeanSquare{}, DivideByRoot{}};
  const Optimizer other{MeanSquare{}, BlendSquare{1}, DivideByRoot{}};
  auto of_one = one.init(plain), of_other = other.init(blended);
  one.ascend(plain, 0.3, of_one), other.ascend(blended, 0.3, of_other);
  CHECK(plain == blended);
}

TEST_CASE("weight lies in [0, 1]") {
  CHECK_THROWS_WITH((Optimizer{MeanSquare{}, BlendSquare{1.5}, DivideByRoot{}}),
                    "gradus: BlendSquare.weight is 1.5: give a number in [0, 1]");
}

TEST_SUITE_END();
