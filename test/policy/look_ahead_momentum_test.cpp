// SPDX-License-Identifier: MIT
#include <gradus/policy/look_ahead_momentum.hpp>

#include "support/bits.hpp"
#include "support/constant_step.hpp"
#include "support/random.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// v = 0.5 * 4 + 0.75 * 8 = 8, u = 0.5 * 8 + 0.75 * 8.
static_assert(constant_step(Pack{LookAheadMomentum{0.5, 0.25}}, Element<1>{1, {4}}, 8) == Element<1>{11, {8}});

TEST_SUITE_BEGIN("look_ahead_momentum");

TEST_CASE("if it receives the gradient, it equals Momentum and Nesterov") {
  auto theta = support::parameters<double>(33), other = theta;
  const Optimizer one{LookAheadMomentum{0.9}};
  const Optimizer two{Momentum{0.9}, Nesterov{}};
  auto state = one.init(theta), of_two = two.init(other);
  for (std::uint64_t step = 0; step < 9; ++step) {
    one.ascend(theta, support::gradient<double>(33, step), state);
    two.ascend(other, support::gradient<double>(33, step), of_two);
  }
  for (std::size_t i = 0; i < theta.size(); ++i) CHECK(theta[i] == doctest::Approx(other[i]).epsilon(1e-14));
}

TEST_CASE("factor and dampening lie in [0, 1)") {
  support::ranges(&LookAheadMomentum::factor, "LookAheadMomentum.factor", {0, 0.9}, {1, -0.1, support::not_a_number});
  support::ranges(&LookAheadMomentum::dampening, "LookAheadMomentum.dampening", {0, 0.9},
                  {1, -0.1, support::not_a_number});
}

TEST_SUITE_END();
