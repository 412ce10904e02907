// SPDX-License-Identifier: MIT
#include <gradus/policy/distance_over_gradients.hpp>

#include "support/constant_step.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::Pack;
using Vectors = std::vector<std::vector<double>>;

// Every sum is 16. r = max(0.5 (1 + 4), 4) = 4, G = 16: 8 times 4 / sqrt(16 + 48).
static_assert(constant_step(Pack{DistanceOverGradients{0.5, 48}}, Element<1>{1, {0}}, 8, 1, 1, 16) ==
              Element<1>{5, {0}});
// r = max(4, 16) = 16, G = 16 * 16: 8 times 16 / (16 + 16).
static_assert(constant_step(Pack{DistanceOverWeightedGradients{4, 16}}, Element<1>{1, {0}}, 8, 1, 1, 16) ==
              Element<1>{5, {0}});

TEST_SUITE_BEGIN("distance_over_gradients");

namespace {

/// The distance to the optimum at 10 of a run that starts at 0 and is given no rate.
template <class Policy>
double end_of(double scale, int steps) {
  double theta = 0;
  const Optimizer optimizer{Policy{}, TailAverage{.begin = steps / 2}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < steps; ++t) optimizer.ascend(theta, scale * (theta < 10 ? 1.0 : -1.0), state);
  return std::abs(state.template slot<double>("average")[0] - 10);
}

}  // namespace

TEST_CASE("without any rate both find the optimum of functions that differ by orders of magnitude") {
  for (const double scale : {1e-2, 1.0, 1e4}) {
    CHECK(end_of<DistanceOverGradients>(scale, 4000) < 1);
    CHECK(end_of<DistanceOverWeightedGradients>(scale, 4000) < 1);
  }
}

TEST_CASE("the first distance follows from the parameters, later ones from the starting point") {
  Vectors theta{{3}, {4}};
  const Optimizer optimizer{DistanceOverGradients{.first = 0.5, .epsilon = 0}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, Vectors{{0}, {2}}, state);  // r = 0.5 * (1 + 5), G = 4: the step 3
  CHECK(theta == Vectors{{3}, {7}});
  optimizer.ascend(theta, Vectors{{0}, {-2}}, state);  // r = 3, G = 8
  CHECK(theta[1][0] == doctest::Approx(7 - 2 * 3 / std::sqrt(8.0)));
}

TEST_CASE("the first distances are finite and above 0, epsilons finite and at least 0") {
  support::ranges(&DistanceOverGradients::first, "DistanceOverGradients.first", {0.1}, {0, -1, support::infinity});
  support::ranges(&DistanceOverGradients::epsilon, "DistanceOverGradients.epsilon", {0, 1}, {-1, support::infinity});
  support::ranges(&DistanceOverWeightedGradients::first, "DistanceOverWeightedGradients.first", {0.1},
                  {0, -1, support::infinity});
  support::ranges(&DistanceOverWeightedGradients::epsilon, "DistanceOverWeightedGradients.epsilon", {0, 1},
                  {-1, support::infinity});
}

TEST_SUITE_END();
