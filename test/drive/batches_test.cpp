// SPDX-License-Identifier: MIT
#include <gradus/drive/batches.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

using namespace gradus;

namespace {

using Theta = std::vector<double>;

/// The sum of (theta - point)^2 / 2 over points; shuffle reverses their order.
struct Distances {
  std::vector<double> points;
  std::vector<std::size_t> counts{};
  int shuffled = 0;

  std::size_t NumFunctions() const { return points.size(); }
  void Shuffle() { std::reverse(points.begin(), points.end()), ++shuffled; }
  double Evaluate(const Theta& theta, std::size_t first, std::size_t count) {
    counts.push_back(count);
    double sum = 0;
    for (std::size_t i = first; i < first + count; ++i) sum += (theta[0] - points[i]) * (theta[0] - points[i]) / 2;
    return sum;
  }
  void Gradient(const Theta& theta, std::size_t first, Theta& gradient, std::size_t count) {
    gradient = {0};
    for (std::size_t i = first; i < first + count; ++i) gradient[0] += theta[0] - points[i];
  }
};

/// The same in a single method, which takes precedence.
struct AtOnce : Distances {
  double EvaluateWithGradient(const Theta& theta, std::size_t first, Theta& gradient, std::size_t count) {
    Gradient(theta, first, gradient, count);
    return -Evaluate(theta, first, count);
  }
};

}  // namespace

TEST_SUITE_BEGIN("batches");

TEST_CASE("every term comes once before any comes again") {
  Distances distances{{1, 2, 3, 4, 5}};
  auto batches = in_batches(distances, 2);
  const Theta theta{0};
  Theta gradient{0};
  std::vector<double> sums;
  for (int call = 0; call < 6; ++call) batches(theta, gradient), sums.push_back(gradient[0]);
  CHECK(sums == std::vector<double>{-3, -7, -5, -9, -5, -1});
  CHECK(distances.counts == std::vector<std::size_t>{2, 2, 1, 2, 2, 1});
  CHECK(distances.shuffled == 1);
  AtOnce at_once{{{3}}};
  CHECK(in_batches(at_once, 10)(theta, gradient) == -4.5);
  CHECK_THROWS_WITH_AS(in_batches(distances, 0), doctest::Contains("size is 0"), Refused);
  Distances none{};
  CHECK_THROWS_WITH_AS(in_batches(none, 1)(theta, gradient), doctest::Contains("has no terms"), Refused);
}

TEST_CASE("a drive by batches comes to the mean") {
  Distances distances{std::vector<double>(100)};
  std::iota(distances.points.begin(), distances.points.end(), 0.0);
  auto batches = in_batches(distances, 10);
  Theta theta{0};
  const Optimizer optimizer{LearningRate{0.05}, InverseTime{.rate = 0.1}};
  minimize(batches, theta, optimizer, {.steps = 20000});
  CHECK(theta[0] == doctest::Approx(49.5).epsilon(0.002));
}

TEST_SUITE_END();
