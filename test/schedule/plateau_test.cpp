// SPDX-License-Identifier: MIT
#include <gradus/schedule/plateau.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

namespace {

/// The scales of steps that receive these values; the objective is minimized.
std::vector<double> scales(const Plateau& plateau, const std::vector<double>& values, bool down = true) {
  const Optimizer optimizer{plateau};
  double theta = 0;
  auto state = optimizer.init(theta);
  std::vector<double> scale;
  const auto see = [&](const Report& report) { scale.push_back(report.rate); };
  for (const double value : values)
    if (down) optimizer.descend(theta, 1.0, state, Value{value}, see);
    else optimizer.ascend(theta, 1.0, state, Value{-value}, see);
  return scale;
}

using Scales = std::vector<double>;

}  // namespace

TEST_SUITE_BEGIN("plateau");

TEST_CASE("the scale falls after a number of values in a row without improvement, then counts anew") {
  const Plateau plateau{.factor = 0.5, .patience = 2};
  CHECK(scales(plateau, {4, 3, 3, 2, 2, 2, 2, 2}) == Scales{1, 1, 1, 1, 1, 0.5, 0.5, 0.25});
  CHECK(scales(plateau, {4, 3, 3, 2, 2, 2, 2, 2}, false) == Scales{1, 1, 1, 1, 1, 0.5, 0.5, 0.25});
}

TEST_CASE("an improvement must exceed a share of the best value, even a negative one, plus a constant") {
  CHECK(scales({.factor = 0.5, .patience = 1, .rtol = 0.1}, {10, 9.5, 8.9}) == Scales{1, 0.5, 0.5});
  CHECK(scales({.factor = 0.5, .patience = 1, .rtol = 0.1}, {-10, -10.5, -11.5}) == Scales{1, 0.5, 0.5});
  CHECK(scales({.factor = 0.5, .patience = 1, .rtol = 0, .atol = 1}, {10, 9.5, 8.9}) == Scales{1, 0.5, 0.5});
}

TEST_CASE("cooldown, averaging, and the smallest scale") {
  CHECK(scales({.factor = 0.5, .patience = 1, .cooldown = 2}, {1, 1, 1, 1, 1}) == Scales{1, 0.5, 0.5, 0.5, 0.25});
  CHECK(scales({.factor = 0.5, .patience = 1, .average_over = 2}, {2, 4, 1, 5, 2, 0}) ==
        Scales{1, 1, 1, 0.5, 0.5, 0.5});
  CHECK(scales({.factor = 0.5, .patience = 1, .smallest = 0.375}, {1, 1, 1}) == Scales{1, 0.5, 0.375});
}

TEST_CASE("a policy that weights steps by the rate sees the scale of the current step") {
  const Optimizer optimizer{LearningRate{1}, Plateau{.factor = 0.5, .patience = 1}, ScheduleFree{}};
  double theta = 0;
  auto state = optimizer.init(theta);
  for (int t = 0; t < 3; ++t) optimizer.ascend(theta, 1.0, state, Value{1});
  // The rates 1, 0.5, 0.25 end at z = 1, 1.5, 1.75, of equal weight, because the largest rate stays 1.
  CHECK(averages(optimizer, theta, state).values() == doctest::Approx((1 + 1.5 + 1.75) / 3));
}

TEST_CASE("numbers out of range are refused") {
  CHECK_THROWS_AS((Optimizer{Plateau{.factor = 1}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.patience = 0}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.rtol = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.rtol = 1}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.atol = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.cooldown = -1}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.average_over = 0}}), Refused);
  CHECK_THROWS_AS((Optimizer{Plateau{.smallest = -1}}), Refused);
}

TEST_CASE("the usual plateau is a tenth after 10 values that are better by no more than a ten-thousandth") {
  std::vector<double> values(11, 1.0), better = values;
  for (std::size_t i = 1; i < values.size(); ++i) values[i] = 1 - 0.9e-4, better[i] = 1 - 1.1e-4;
  Scales tenth(11, 1.0);
  CHECK(scales({}, better) == tenth);
  tenth.back() = 0.1;
  CHECK(scales({}, values) == tenth);
}

TEST_CASE("while values are averaged, the bad means and the cooldown wait") {
  CHECK(scales({.factor = 0.5, .patience = 2, .average_over = 2}, {1, 1, 1, 1, 1, 1}) == Scales{1, 1, 1, 1, 1, 0.5});
  // The first mean is the best; the second one ends the patience, the third falls into the cooldown.
  CHECK(scales({.factor = 0.5, .patience = 1, .cooldown = 1, .average_over = 2}, {1, 1, 1, 1, 1, 1, 1, 1}) ==
        Scales{1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25});
}

TEST_CASE("after the cooldown the patience begins anew") {
  CHECK(scales({.factor = 0.5, .patience = 2, .cooldown = 1}, {1, 1, 1, 1, 1, 1}) == Scales{1, 1, 0.5, 0.5, 0.5, 0.25});
}

TEST_CASE("a mean is of all its values") {
  // Means 3, 2.5 and 4: the third is the first that is no better.
  CHECK(scales({.factor = 0.5, .patience = 1, .average_over = 2}, {2, 4, 0, 5, 4, 4}) == Scales{1, 1, 1, 1, 1, 0.5});
}

TEST_CASE("a small best value that is to grow") {
  CHECK(scales({.factor = 0.5, .patience = 1, .rtol = 0.5}, {-0.4, -0.5, -0.7}, false) == Scales{1, 0.5, 0.5});
}

TEST_SUITE_END();
