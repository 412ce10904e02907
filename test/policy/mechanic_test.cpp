// SPDX-License-Identifier: MIT
#include <gradus/policy/mechanic.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <optional>

using namespace gradus;

TEST_SUITE_BEGIN("mechanic");

TEST_CASE("steps of Adam at a rate of 1 or 100 find an optimum at a distance of 10 or 1000") {
  for (const double rate : {1.0, 100.0})
    for (const double top : {10.0, 1000.0}) {
      double theta = 0;
      const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{rate},
                                Mechanic<>{.weight_decay = 0}, TailAverage{.begin = 2000}};
      auto state = optimizer.init(theta);
      for (int t = 0; t < 4000; ++t) optimizer.ascend(theta, top - theta, state);
      CHECK(state.slot<double>("average")[0] == doctest::Approx(top).epsilon(0.01));
    }
}

TEST_CASE("a single scale with a single beta matches a computation by hand") {
  // beta = 0.9. g = 2 from p_0 = 1: h = 0, m = epsilon, r = v = 0, S = first m / epsilon = first.
  const Mechanic<1> mechanic{.first = 0.5, .weight_decay = 0, .epsilon = 0.25};
  double theta = 1;
  const Optimizer optimizer{mechanic};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 2.0, state);
  CHECK(theta == 2);  // 1 + 0.5 (0 + 2)
  // g = 3: d = 1 / 0.75, h = 4; r = 0 + 0.25 * 0.5, m = 4.25, v = 16, S = (0.5 * 4.25 + 0.125) / 4.25
  optimizer.ascend(theta, 3.0, state);
  CHECK(theta == doctest::Approx(1 + 2.25 / 4.25 * (1 / 0.75 + 3)));
}

TEST_CASE("first is finite and above 0, weight_decay and epsilon are finite and at least 0") {
  support::ranges(&Mechanic<>::first, ">.first", {0.1}, {0, -1, support::infinity});
  support::ranges(&Mechanic<>::weight_decay, ">.weight_decay", {0, 1}, {-1, support::infinity});
  support::ranges(&Mechanic<>::epsilon, ">.epsilon", {0, 1}, {-1, support::infinity});
}

TEST_CASE("a leaf without a gradient is refused, since the scale is shared by all leaves") {
  support::needs_every_leaf(Optimizer<Mechanic<>>{});
}

TEST_SUITE_END();
