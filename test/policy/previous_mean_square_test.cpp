// SPDX-License-Identifier: MIT
#include <gradus/policy/previous_mean_square.hpp>

#include "support/constant_step.hpp"

#include <doctest/doctest.h>
#include <gradus/optimizer.hpp>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// The first step only measures.
static_assert(constant_step(Pack{PreviousMeanSquare{0.5}, DivideByLargerRoot{8}}, Element<1>{1, {7}}, 4) ==
              Element<1>{1, {16}});
// The second divides by the previous estimate: u = 4 / max(5, 8); s = 0.5 * 25 + 0.5 * 4^2.
static_assert(constant_step(Pack{PreviousMeanSquare{0.5}, DivideByLargerRoot{8}}, Element<1>{1, {25}}, 4, 2) ==
              Element<1>{1.5, {20.5}});

TEST_SUITE_BEGIN("previous_mean_square");

TEST_CASE("a spike is not hidden by its own square: the step is linear in its gradient") {
  const Optimizer optimizer{PreviousMeanSquare{}, DivideByRoot{}};
  double theta = 0, other = 0;
  auto state = optimizer.init(theta);
  for (int t = 0; t < 10; ++t) optimizer.ascend(theta, 2.0, state);
  auto copy = state;
  theta = 0;
  optimizer.ascend(theta, 1.0, state);
  optimizer.ascend(other, 1e6, copy);
  CHECK(other == doctest::Approx(1e6 * theta).epsilon(1e-14));
}

TEST_CASE("only the first step of each leaf measures without moving") {
  std::vector<std::vector<double>> theta{{1}, {1}};
  const Optimizer optimizer{PreviousMeanSquare{}, DivideByRoot{}};
  auto state = optimizer.init(theta);
  using Gradients = std::vector<std::optional<std::vector<double>>>;
  optimizer.ascend(theta, Gradients{{{1.0}}, std::nullopt}, state);
  optimizer.ascend(theta, Gradients{{{1.0}}, {{1.0}}}, state);
  CHECK(theta[0][0] > 1.9);
  CHECK(theta[1][0] == 1);
}

TEST_CASE("beta lies in [0, 1)") {
  CHECK_THROWS_WITH((Optimizer{PreviousMeanSquare{1}, DivideByRoot{}}),
                    "gradus: PreviousMeanSquare.beta is 1: give a number in [0, 1)");
}

TEST_SUITE_END();
