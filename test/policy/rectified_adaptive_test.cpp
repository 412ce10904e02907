// SPDX-License-Identifier: MIT
#include <gradus/policy/rectified_adaptive.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;

// The moment is kept from the first step on, the update stays as it was.
static_assert(constant_step(Pack{RectifiedAdaptive{0.75, 0}}, Element<1>{1, {0}}, 8) == Element<1>{9, {16}});
static_assert(constant_step(Pack{TorchRectifiedAdaptive{0.75, 0}}, Element<1>{1, {0}}, 8) == Element<1>{9, {16}});

namespace {

// The length of step t along a constant gradient of 1.
double length(double beta, int t) {
  double theta = 0;
  Optimizer optimizer{RectifiedAdaptive{.beta = beta, .epsilon = 0}};
  auto state = optimizer.init(theta);
  for (int step = 1; step <= t; ++step) theta = 0, optimizer.ascend(theta, 1.0, state);
  return theta;
}

}  // namespace

TEST_SUITE_BEGIN("rectified_adaptive");

TEST_CASE("at the default it divides from the sixth step on, by a factor that grows to 1") {
  // r(5) = 4.996, r(6) = 5.994 and R(6) = 0.0258... from the paper's formula in 50 digits.
  for (int t = 1; t <= 5; ++t) CHECK(length(0.999, t) == 1);
  CHECK(length(0.999, 6) == doctest::Approx(0.025821112801865216).epsilon(1e-8));
  double before = 0;
  for (const int t : {6, 7, 10, 100, 1000, 5000}) {
    CHECK(length(0.999, t) > before);
    before = length(0.999, t);
  }
  CHECK(before == doctest::Approx(1).epsilon(0.05));
}

TEST_CASE("with a short memory it never divides") {
  for (const int t : {1, 10, 1000}) CHECK(length(0.6, t) == 1);
}

TEST_CASE("with an epsilon PyTorch's form divides by more: its root is not corrected") {
  const auto step = []<class P>(P policy) {
    double theta = 0;
    const Optimizer optimizer{policy};
    auto state = optimizer.init(theta);
    for (int t = 0; t < 50; ++t) theta = 0, optimizer.ascend(theta, 2.0, state);
    return theta;
  };
  CHECK(step(RectifiedAdaptive{.epsilon = 0}) == doctest::Approx(step(TorchRectifiedAdaptive{.epsilon = 0})));
  const double plain = step(RectifiedAdaptive{.epsilon = 0}), root = std::sqrt(1 - std::pow(0.999, 50));
  CHECK(step(RectifiedAdaptive{.epsilon = 2}) == doctest::Approx(plain / 2));
  CHECK(step(TorchRectifiedAdaptive{.epsilon = 2}) == doctest::Approx(plain * root / (root + 1)));
}

TEST_CASE("a larger threshold makes it wait longer") {
  double theta = 0;
  const Optimizer optimizer{RectifiedAdaptive{.threshold = 8}};
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 9; ++t) {
    theta = 0;
    optimizer.ascend(theta, 2.0, state);
    CHECK((theta == 2) == (t < 9));  // r(8) = 7.99, r(9) = 8.98
  }
}

TEST_CASE("beta lies in [0, 1), epsilon is finite and at least 0, the threshold is above 4") {
  support::ranges(&RectifiedAdaptive::threshold, "RectifiedAdaptive.threshold", {4.5, 5},
                  {4, 0, support::infinity, support::not_a_number});
  support::ranges(&TorchRectifiedAdaptive::beta, "TorchRectifiedAdaptive.beta", {0, 0.999},
                  {1, -0.1, support::not_a_number});
  support::ranges(&TorchRectifiedAdaptive::epsilon, "TorchRectifiedAdaptive.epsilon", {0, 1},
                  {-1, support::infinity, support::not_a_number});
  support::ranges(&RectifiedAdaptive::beta, "RectifiedAdaptive.beta", {0, 0.999}, {1, -0.1, support::not_a_number});
  support::ranges(&RectifiedAdaptive::epsilon, "RectifiedAdaptive.epsilon", {0, 1},
                  {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
