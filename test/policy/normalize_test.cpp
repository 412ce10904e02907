// SPDX-License-Identifier: MIT
#include <gradus/policy/normalize.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;
using Vectors = std::vector<std::vector<double>>;

// N = sqrt(16), with epsilon 8.
static_assert(constant_step(Pack{Normalize{4}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{2});
static_assert(constant_step(Pack{NormalizeLeaf{4}}, Element<0>{1}, 8, 1, 1, 16) == Element<0>{2});

TEST_SUITE_BEGIN("normalize");

TEST_CASE("all leaves together, or each of them, get length 1") {
  Vectors theta{{0, 0}, {0}};
  const Optimizer all{Normalize{0}};
  auto state = all.init(theta);
  all.ascend(theta, Vectors{{3, 0}, {4}}, state);
  CHECK(theta[0][0] == doctest::Approx(0.6));
  CHECK(theta[1][0] == doctest::Approx(0.8));
  theta = {{0, 0}, {0}};
  const Optimizer each{NormalizeLeaf{0}};
  auto of_each = each.init(theta);
  each.ascend(theta, Vectors{{3, 4}, {-7}}, of_each);
  CHECK(theta[0][0] == doctest::Approx(0.6));
  CHECK(theta[1][0] == doctest::Approx(-1));
}

TEST_CASE("a zero gradient gives no step, even without epsilon") {
  double theta = 1;
  const Optimizer optimizer{Normalize{0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 0.0, state);
  CHECK(theta == 1);
}

TEST_CASE("epsilon is finite and at least 0") {
  support::ranges(&Normalize::epsilon, "Normalize.epsilon", {0, 1}, {-1, support::infinity, support::not_a_number});
  support::ranges(&NormalizeLeaf::epsilon, "NormalizeLeaf.epsilon", {0, 1}, {-1, support::infinity});
}

TEST_SUITE_END();
