// SPDX-License-Identifier: MIT
#include <gradus/policy/polyak_step.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;

TEST_SUITE_BEGIN("polyak_step");

TEST_CASE("on a cone the first step ends at its tip, uphill and downhill") {
  std::vector<double> theta{3, 4}, other{3, 4};
  const Optimizer optimizer{PolyakStep{.best = 2, .largest_rate = 100}};
  auto state = optimizer.init(theta), other_state = optimizer.init(other);
  optimizer.ascend(theta, std::vector<double>{-0.6, -0.8}, state, Value{2 - 5});  // 2 - |theta|
  CHECK(std::hypot(theta[0], theta[1]) < 1e-15);
  optimizer.descend(other, std::vector<double>{0.6, 0.8}, other_state, Value{2 + 5});
  CHECK(other == theta);
}

TEST_CASE("on a parabola it halves the distance, as optax's example prints") {
  std::vector<double> theta{1, 2, 3};
  const auto square = [](const std::vector<double>& x, std::vector<double>& gradient) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) gradient[i] = 2 * x[i], sum += x[i] * x[i];
    return sum;
  };
  const Optimizer optimizer{PolyakStep{}};
  for (const double expected : {3.5, 0.875, 0.21875})
    CHECK(minimize(square, theta, optimizer, {.steps = 1}).value == doctest::Approx(expected));
}

TEST_CASE("at or beyond the best value, and with a zero gradient, it stays") {
  double theta = 1;
  const Optimizer optimizer{PolyakStep{.best = 2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state, Value{2}), optimizer.ascend(theta, 1.0, state, Value{3});
  optimizer.ascend(theta, 0.0, state, Value{-1});
  CHECK(theta == 1);
}

TEST_CASE(
    "the square of the norm neither overflows nor vanishes on the way, and no step is longer than the largest rate") {
  for (const double g : {1e150, 1e-150}) {
    double theta = 0;
    const Optimizer optimizer{PolyakStep{.best = 1, .largest_rate = support::infinity}};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, g, state, Value{0});
    CHECK(theta * g == doctest::Approx(1));
  }
  double theta = 0;
  const Optimizer optimizer{PolyakStep{.best = 100, .largest_rate = 0.5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state, Value{0});
  CHECK(theta == 0.5);
}

TEST_CASE("a skipped step accepts any objective value") {
  double theta = 1;
  const Optimizer optimizer{SkipNonFinite{}, PolyakStep{.best = 2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::nan(""), state, Value{std::nan("")});
  CHECK(theta == 1);
  CHECK(state.skipped() == 1);
}

TEST_CASE("largest_rate is above 0, epsilon finite and at least 0") {
  CHECK_THROWS_AS((Optimizer{PolyakStep{.largest_rate = 0}}), Refused);
  CHECK_THROWS_AS((Optimizer{PolyakStep{.epsilon = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{PolyakStep{.epsilon = support::infinity}}), Refused);
}

TEST_SUITE_END();
