// SPDX-License-Identifier: MIT
#include <gradus/policy/noise.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>
#include <vector>

using namespace gradus;

namespace {

double mean_square(const std::vector<double>& x) {
  double sum = 0;
  for (const double one : x) sum += one * one;
  return sum / static_cast<double>(x.size());
}

}  // namespace

TEST_SUITE_BEGIN("noise");

TEST_CASE("without a gradient, noise has the variance given for the step") {
  const Optimizer optimizer{Noise{.variance = 4, .decay = 0.5}};
  std::vector<double> theta(100'000), zero(theta.size());
  auto state = optimizer.init(theta);
  for (int t = 1; t <= 9; ++t) {
    std::fill(theta.begin(), theta.end(), 0.0);
    optimizer.ascend(theta, zero, state);
    CHECK(mean_square(theta) == doctest::Approx(4 / std::sqrt(t)).epsilon(0.02));
  }
}

TEST_CASE("Langevin steps on a Gaussian reach the variance that the step size implies") {
  // x <- (1 - h) x + sqrt(2 h T) n tends to the variance T / (1 - h / 2).
  for (const double h : {0.02, 0.5}) {
    for (const double temperature : {1.0, 3.0}) {
      const Optimizer optimizer{LearningRate{h}, Langevin{temperature, 5}};
      std::vector<double> x(40'000, 2), g(x.size());
      auto state = optimizer.init(x);
      for (int t = 0; t < 6 / h; ++t) {
        for (std::size_t i = 0; i < x.size(); ++i) g[i] = -x[i];
        optimizer.ascend(x, g, state);
      }
      CHECK(mean_square(x) == doctest::Approx(temperature / (1 - h / 2)).epsilon(0.03));
    }
  }
}

TEST_CASE("descending samples too, and a temperature of 0 adds no noise") {
  double up = 3, down = 3, still = 3, plain = 3;
  const Optimizer walk{LearningRate{0.1}, Langevin{}}, cold{LearningRate{0.1}, Langevin{0}};
  const Optimizer climb{LearningRate{0.1}};
  auto a = walk.init(up), b = walk.init(down), c = cold.init(still), d = climb.init(plain);
  for (int t = 0; t < 20; ++t) {
    walk.ascend(up, -up, a), walk.descend(down, down, b);
    cold.ascend(still, -still, c), climb.ascend(plain, -plain, d);
    CHECK(up == down);
    CHECK(still == plain);
  }
  CHECK(up != plain);
}

TEST_CASE("two policies with the same seed draw different numbers") {
  std::vector<double> theta(100'000), zero(theta.size());
  const Optimizer optimizer{Noise{1, 0}, LearningRate{0.5}, Langevin{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, zero, state);
  CHECK(mean_square(theta) == doctest::Approx(0.25 + 1).epsilon(0.02));
}

TEST_CASE("a restored run has the same noise; another seed has different noise") {
  const auto run = [](std::uint64_t seed, bool interrupted) {
    const Optimizer optimizer{Momentum{}, Noise{.seed = seed}, LearningRate{}};
    std::vector<double> theta(37), g(theta.size(), 1);
    auto state = optimizer.init(theta);
    for (int t = 0; t < 10; ++t) {
      if (interrupted && t == 4) {
        std::vector<double> saved;
        state.visit([&](auto, auto, auto values) { saved.insert(saved.end(), values.begin(), values.end()); });
        auto other = optimizer.init(theta);
        auto next = saved.begin();
        other.visit([&](auto, auto, auto values) {
          for (auto& value : values) value = static_cast<std::remove_reference_t<decltype(value)>>(*next++);
        });
        other.step(4);
        state = std::move(other);
      }
      optimizer.ascend(theta, g, state);
    }
    return theta;
  };
  CHECK(run(1, true) == run(1, false));
  CHECK(run(1, false) != run(2, false));
}

TEST_CASE("in float, every backend draws the same noise") {
  const Optimizer optimizer{Clip{1}, Noise{1, 0}, LearningRate{}};
  std::vector<float> theta(1500, 1), other = theta;
  const std::vector<float> g(theta.size(), 2);
  auto state = optimizer.init(theta), other_state = optimizer.init(other);
  for (int t = 0; t < 3; ++t) {
    optimizer.ascend(theta, g, state);
    optimizer.ascend(other, g, other_state, backend::Serial{});
  }
  CHECK(theta == other);
}

TEST_CASE("variance, decay and temperature are finite and at least 0") {
  support::ranges(&Noise::variance, "Noise.variance", {0, 1}, {-1, support::infinity, support::not_a_number});
  support::ranges(&Noise::decay, "Noise.decay", {0, 1}, {-1, support::infinity, support::not_a_number});
  support::ranges(&Langevin::temperature, "Langevin.temperature", {0, 1},
                  {-1, support::infinity, support::not_a_number});
}

TEST_SUITE_END();
