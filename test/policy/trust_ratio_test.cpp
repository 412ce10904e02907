// SPDX-License-Identifier: MIT
#include <gradus/policy/trust_ratio.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;
using Vectors = std::vector<std::vector<double>>;

// Both norms are 4: 8 times 0.5 * 4 / (4 + 4).
static_assert(constant_step(Pack{TrustRatio{0.5, 4}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{3});

// With 8 as the smallest norm, a norm of 4 counts as 8: 8 times 0.5 * 8 / (8 + 8).
static_assert(constant_step(Pack{TrustRatio{0.5, 8, 8}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{3});

TEST_SUITE_BEGIN("trust_ratio");

TEST_CASE("a step is a fixed share of the leaf's length, whatever the gradient's size") {
  for (const double scale : {1e-6, 1.0, 1e6}) {
    Vectors theta{{3, 4}, {10}};
    const Optimizer optimizer{TrustRatio{.coefficient = 0.1}};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, Vectors{{scale, 0}, {-scale}}, state);
    CHECK(theta[0][0] == doctest::Approx(3.5));
    CHECK(theta[0][1] == 4);
    CHECK(theta[1][0] == doctest::Approx(9));
  }
}

TEST_CASE("a leaf of zeros can move away") {
  double theta = 0;
  const Optimizer optimizer{TrustRatio{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state);
  CHECK(theta == 2);
}

TEST_CASE("with a smallest norm a leaf of zeros leaves them by a step of that size") {
  Vectors theta{{0, 0}, {3, 4}};
  const Optimizer optimizer{TrustRatio{.coefficient = 1, .smallest = 0.25}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{6, 8}, {0, 0}}, state);
  CHECK(theta[0][0] == doctest::Approx(0.15));
  CHECK(theta[0][1] == doctest::Approx(0.2));
  CHECK(theta[1] == std::vector<double>{3, 4});
}

TEST_CASE("coefficient is finite and above 0, epsilon and smallest finite and at least 0") {
  support::ranges(&TrustRatio::coefficient, "TrustRatio.coefficient", {0.1, 1}, {0, -1, support::infinity});
  support::ranges(&TrustRatio::epsilon, "TrustRatio.epsilon", {0, 1}, {-1, support::infinity});
  support::ranges(&TrustRatio::smallest, "TrustRatio.smallest", {0, 1}, {-1, support::infinity});
}

TEST_SUITE_END();
