// SPDX-License-Identifier: MIT
#include <gradus/recipe/adan.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <concepts>

using namespace gradus;

TEST_CASE("adan contains only the requested features") {
  CHECK(std::same_as<decltype(recipe::adan()), Optimizer<NesterovMoments, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(recipe::adan<recipe::Adan{.weight_decay = 1}>()),
                     Optimizer<NesterovMoments, DivideByRoot, WeightDecay, LearningRate>>);
  CHECK_THROWS_AS(recipe::adan({.weight_decay = 0.1}), Refused);
  CHECK(recipe::adan().get<LearningRate>().rate == 1e-3);
}

// By its authors' code: the look-ahead along the change uses beta2, and the parameter shrinks before the step.
TEST_CASE("adan's steps match its authors' code") {
  const recipe::Adan with{.lr = 0.01, .beta1 = 0.9, .beta2 = 0.8, .beta3 = 0.95, .weight_decay = 0.1};
  const auto optimizer = recipe::adan<recipe::Adan{.weight_decay = 1}>(with);
  double p = 1, expected = 1, m = 0, v = 0, n = 0, before = 0;
  auto state = optimizer.init(p);
  for (int t = 1; t <= 200; ++t) {
    const double g = 3 * p + std::sin(t), d = t == 1 ? 0 : g - before;
    optimizer.descend(p, g, state);
    m = with.beta1 * m + (1 - with.beta1) * g;
    v = with.beta2 * v + (1 - with.beta2) * d;
    n = with.beta3 * n + (1 - with.beta3) * std::pow(g + with.beta2 * d, 2);
    const double divisor = std::sqrt(n / (1 - std::pow(with.beta3, t))) + with.eps;
    expected *= 1 - with.lr * with.weight_decay;
    expected -= with.lr / (1 - std::pow(with.beta1, t)) * m / divisor;
    expected -= with.lr * with.beta2 / (1 - std::pow(with.beta2, t)) * v / divisor;
    before = g;
    CHECK(p == doctest::Approx(expected).epsilon(1e-12));
    expected = p;
  }
}
