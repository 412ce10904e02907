// SPDX-License-Identifier: MIT
#include <gradus/policy/clip_leaf.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;
using Vectors = std::vector<std::vector<double>>;

// N = sqrt(16): 8 times 2 / 4.
static_assert(constant_step(Pack{ClipLeafNorm{2}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{5});
static_assert(constant_step(Pack{ClipLeafNorm{4}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{9});
// Both sums are 16: R = 1.
static_assert(constant_step(Pack{ClipLeafRms{0.5}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{5});

TEST_SUITE_BEGIN("clip_leaf");

TEST_CASE("each leaf is limited by its own norm") {
  Vectors theta{{0, 0}, {0}};
  const Optimizer optimizer{ClipLeafNorm{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{3, 4}, {0.5}}, state);
  CHECK(theta[0][0] == doctest::Approx(0.6));
  CHECK(theta[0][1] == doctest::Approx(0.8));
  CHECK(theta[1][0] == 0.5);
}

TEST_CASE("a root mean square does not grow with the leaf") {
  Vectors theta{std::vector<double>(1000), {0}};
  const Optimizer optimizer{ClipLeafRms{1}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{std::vector<double>(1000, 5), {5}}, state);
  CHECK(theta[0][7] == 1);
  CHECK(theta[1][0] == 1);
}

TEST_CASE("a zero gradient, an infinite limit and an empty leaf are not scaled") {
  Vectors theta{{0, 0}, {}};
  const Optimizer norm{ClipLeafNorm{support::infinity}}, zero{ClipLeafNorm{1}};
  const Optimizer rms{ClipLeafRms{1}};
  auto of_norm = norm.init(theta), of_zero = zero.init(theta), of_rms = rms.init(theta);
  norm.ascend(theta, Vectors{{3, 4}, {}}, of_norm);
  CHECK(theta[0] == std::vector<double>{3, 4});
  zero.ascend(theta, Vectors{{0, 0}, {}}, of_zero), rms.ascend(theta, Vectors{{0, 0}, {}}, of_rms);
  CHECK(theta[0] == std::vector<double>{3, 4});
}

TEST_CASE("an infinite limit leaves the neighbours of a NaN alone") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Optimizer by_norm{ClipLeafNorm{.norm = infinity}};
  const Optimizer by_rms{ClipLeafRms{.rms = infinity}};
  const std::vector<double> gradient{std::numeric_limits<double>::quiet_NaN(), 2};
  std::vector<double> normed{1, 1}, squared{1, 1};
  auto state = by_norm.init(normed);
  by_norm.ascend(normed, gradient, state);
  auto other = by_rms.init(squared);
  by_rms.ascend(squared, gradient, other);
  CHECK(normed[1] == 3);
  CHECK(squared[1] == 3);
}

TEST_CASE("the limits are above 0, epsilon is finite and at least 0") {
  support::ranges(&ClipLeafNorm::norm, "ClipLeafNorm.norm", {1e-3, support::infinity}, {0, -1, support::not_a_number});
  support::ranges(&ClipLeafNorm::epsilon, "ClipLeafNorm.epsilon", {0, 1}, {-1, support::infinity});
  support::ranges(&ClipLeafRms::rms, "ClipLeafRms.rms", {1e-3, support::infinity}, {0, -1, support::not_a_number});
}

TEST_SUITE_END();
