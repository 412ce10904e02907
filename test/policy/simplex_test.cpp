// SPDX-License-Identifier: MIT
#include <gradus/policy/simplex.hpp>

#include "support/random.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

using namespace gradus;

namespace {

using Vector = std::vector<double>;

// Finds the threshold by sorting: the largest rho numbers stay above it.
double sorted_threshold(Vector x, double total) {
  std::sort(x.begin(), x.end(), std::greater{});
  double sum = 0, threshold = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    sum += x[k];
    const double next = (sum - total) / static_cast<double>(k + 1);
    if (x[k] > next) threshold = next;
  }
  return threshold;
}

template <class Constraint, class T>
std::vector<T> projected(Constraint constraint, std::vector<T> theta, const std::vector<T>& step) {
  const Optimizer optimizer{constraint};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, step, state);
  return theta;
}

Vector sum(const Vector& a, const Vector& b) {
  Vector c = a;
  for (std::size_t i = 0; i < c.size(); ++i) c[i] += b[i];
  return c;
}

}  // namespace

TEST_SUITE_BEGIN("simplex");

TEST_CASE("the nearest point of the simplex matches one found by sorting") {
  for (const std::size_t size : support::Sizes{1, 2, 3, 17, 1000, 5000}) {
    const Vector theta = support::parameters<double>(size), step = support::gradient<double>(size, 3);
    for (const double total : {1e-3, 1.0, 50.0}) {
      const Vector x = sum(theta, step), got = projected(Simplex{total}, theta, step);
      const double tau = sorted_threshold(x, total);
      for (std::size_t i = 0; i < size; ++i) REQUIRE(std::abs(got[i] - std::max(x[i] - tau, 0.0)) <= 1e-12);
      CHECK(std::accumulate(got.begin(), got.end(), 0.0) == doctest::Approx(total).epsilon(1e-12));
    }
  }
}

TEST_CASE("numbers that need many passes are projected correctly") {
  Vector step;
  for (int i = 0; i < 60; ++i) step.push_back(std::pow(1.4, i));
  const Vector got = projected(Simplex{}, Vector(step.size()), step);
  const double tau = sorted_threshold(step, 1);
  for (std::size_t i = 0; i < step.size(); ++i) REQUIRE(std::abs(got[i] - std::max(step[i] - tau, 0.0)) <= 1e-7);
}

TEST_CASE_TEMPLATE("shares that are small compared to the numbers still sum to the total", T, float, double) {
  const auto total_of = [](auto constraint, const std::vector<T>& x) {
    long double total = 0;
    for (const T share : projected(constraint, x, std::vector<T>(x.size()))) total += share;
    return static_cast<double>(total);
  };
  const double bound = 64 * std::numeric_limits<T>::epsilon();
  for (const T each : {T(30), T(0.1), T(3e7)}) {
    CHECK(total_of(Simplex{}, std::vector<T>(100'000, each)) == doctest::Approx(1).epsilon(bound));
    CHECK(total_of(L1Ball{}, std::vector<T>(100'000, each)) == doctest::Approx(1).epsilon(bound));
  }
  CHECK(projected(Simplex{}, std::vector<T>{T(3e7), 1}, {0, 0}) == std::vector<T>{1, 0});
  // Even if a share is below the numbers' precision, none becomes infinite or lost.
  for (const T large : {T(3e13), T(1e30)})
    for (const T share : projected(Simplex{}, std::vector<T>(1000, large), std::vector<T>(1000)))
      REQUIRE(std::abs(share) <= std::numeric_limits<T>::epsilon() * large);
}

TEST_CASE("each leaf is projected on its own, in float too; empty leaves and feasible points stay") {
  std::vector<std::vector<float>> theta{{0.25f, 0.75f}, {}, {0, 0, 0, 0}}, gradient{{0, 0}, {}, {1, 1, 2, -5}};
  const Optimizer<Simplex> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  CHECK(theta == std::vector<std::vector<float>>{{0.25f, 0.75f}, {}, {0, 0, 1, 0}});
}

TEST_CASE("the L1 ball leaves points inside it and moves others to the nearest point of its surface") {
  const Vector zero(3), inside{0.25, -0.5, 0.125};
  CHECK(projected(L1Ball{}, zero, inside) == inside);
  for (const std::size_t size : support::Sizes{1, 2, 50, 3000}) {
    const Vector theta(size), x = support::gradient<double>(size, 5), got = projected(L1Ball{0.3}, theta, x);
    Vector magnitude = x;
    for (double& m : magnitude) m = std::abs(m);
    const double tau = std::max(0.0, sorted_threshold(magnitude, 0.3));
    for (std::size_t i = 0; i < size; ++i) {
      REQUIRE(std::abs(std::abs(got[i]) - std::max(magnitude[i] - tau, 0.0)) <= 1e-13);
      REQUIRE(got[i] * x[i] >= 0);
    }
  }
}

TEST_CASE("a non-finite number makes its leaf NaN") {
  for (const double bad : {support::infinity, -support::infinity, support::not_a_number}) {
    for (const double x : projected(Simplex{}, Vector{0, 0, 0}, {1, bad, 2})) CHECK(std::isnan(x));
    for (const double x : projected(L1Ball{}, Vector{0, 0, 0}, {1, bad, 2})) CHECK(std::isnan(x));
  }
}

TEST_CASE("total and radius are finite and above 0") {
  support::ranges(&Simplex::total, "Simplex.total", {0.1, 100}, {0, -1, support::infinity, support::not_a_number});
  support::ranges(&L1Ball::radius, "L1Ball.radius", {0.1, 100}, {0, -1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
