// SPDX-License-Identifier: MIT
#include <gradus/policy/exponentiated_gradient.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace gradus;

using Vectors = std::vector<std::vector<double>>;

TEST_SUITE_BEGIN("exponentiated_gradient");

TEST_CASE("k steps along the same gradient weigh every number by exp(k rate g), leaf by leaf") {
  Vectors theta{{0.2, 0.3, 0.5}, {0.01, 0.99}};
  const Vectors start = theta, gradient{{1, -2, 0.5}, {3, 0}};
  const Optimizer optimizer{LearningRate{0.05}, ExponentiatedGradient{}};
  auto state = optimizer.init(theta);
  for (int k = 0; k < 40; ++k) optimizer.ascend(theta, gradient, state);
  for (std::size_t l = 0; l < start.size(); ++l) {
    double sum = 0;
    for (std::size_t i = 0; i < start[l].size(); ++i) sum += start[l][i] * std::exp(2 * gradient[l][i]);
    for (std::size_t i = 0; i < start[l].size(); ++i)
      CHECK(theta[l][i] == doctest::Approx(start[l][i] * std::exp(2 * gradient[l][i]) / sum).epsilon(1e-13));
  }
}

TEST_CASE("a tiny share survives in proportion, where adding would lose it") {
  std::vector<double> theta{1e-30, 1};
  const Optimizer optimizer{ExponentiatedGradient{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{-50, 0}, state);
  CHECK(theta[0] / (1e-30 * std::exp(-50)) == doctest::Approx(1).epsilon(1e-13));
  for (int k = 0; k < 4; ++k) optimizer.ascend(theta, std::vector<double>{50, 0}, state);
  CHECK(theta[0] == doctest::Approx(1).epsilon(1e-9));
}

TEST_CASE("the average of play in a matrix game is its mixed equilibrium") {
  // Rows choose to win, columns to lose, {2, -1; -1, 1}: both play their first option two times in five.
  std::vector<double> row{0.9, 0.1}, column{0.2, 0.8}, mean(2);
  const Optimizer optimizer{LearningRate{0.02}, ExponentiatedGradient{}};
  auto row_state = optimizer.init(row), column_state = optimizer.init(column);
  const int steps = 20000;
  for (int t = 0; t < steps; ++t) {
    const std::vector<double> wins{2 * column[0] - column[1], column[1] - column[0]};
    const std::vector<double> loses{2 * row[0] - row[1], row[1] - row[0]};
    mean[0] += row[0] / steps, mean[1] += column[0] / steps;
    optimizer.ascend(row, wins, row_state), optimizer.descend(column, loses, column_state);
  }
  CHECK(mean[0] == doctest::Approx(0.4).epsilon(0.01));
  CHECK(mean[1] == doctest::Approx(0.4).epsilon(0.01));
}

TEST_CASE("too large a u, or no share left, makes its leaf NaN; a very negative u makes its share 0") {
  const auto stepped = [](std::vector<double> theta, const std::vector<double>& u) {
    const Optimizer optimizer{ExponentiatedGradient{}};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, u, state);
    return theta;
  };
  for (const double x : stepped({0.5, 0.5}, {800, 0})) CHECK(std::isnan(x));
  for (const double x : stepped({0.5, 0.5}, {support::not_a_number, 0})) CHECK(std::isnan(x));
  for (const double x : stepped({0.5, 0.5}, {-800, -800})) CHECK(std::isnan(x));
  for (const double x : stepped({0, 0}, {1, 1})) CHECK(std::isnan(x));
  CHECK(stepped({0.5, 0.5}, {-800, 0}) == std::vector<double>{0, 1});
}

TEST_CASE("total is finite and above 0") {
  support::ranges(&ExponentiatedGradient::total, "ExponentiatedGradient.total", {0.1, 100},
                  {0, -1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
