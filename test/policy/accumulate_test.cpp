// SPDX-License-Identifier: MIT
#include <gradus/policy/accumulate.hpp>

#include "support/random.hpp"
#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <optional>

using namespace gradus;

using Vector = std::vector<double>;
using Vectors = std::vector<Vector>;

TEST_SUITE_BEGIN("accumulate");

TEST_CASE("several gradients make one step of their mean; norms, moments and clocks see only the mean") {
  constexpr std::size_t size = 100;
  Vector theta = support::parameters<double>(size), other = theta;
  const Optimizer whole{ClipNorm{0.5}, CorrectedMomentum{}, CorrectedAdaptive{}, Warmup{3}, LearningRate{0.1}};
  const Optimizer parts{Accumulate{.steps = 4}, ClipNorm{0.5}, CorrectedMomentum{},
                        CorrectedAdaptive{},    Warmup{3},     LearningRate{0.1}};
  auto state = parts.init(theta), other_state = whole.init(other);
  for (std::uint64_t step = 0; step < 5; ++step) {
    Vector mean(size);
    const Vector before = theta;
    for (std::uint64_t part = 0; part < 4; ++part) {
      const Vector g = support::gradient<double>(size, 10 * step + part);
      for (std::size_t i = 0; i < size; ++i) mean[i] += g[i] / 4;
      CHECK(theta == before);
      CHECK(state.step() == static_cast<std::int64_t>(step));
      parts.descend(theta, g, state);
    }
    whole.descend(other, mean, other_state);
    for (std::size_t i = 0; i < size; ++i) CHECK(theta[i] == doctest::Approx(other[i]).epsilon(1e-13));
  }
}

TEST_CASE("the mean of one gradient is that gradient, bit for bit, and old means leave no trace") {
  for (const std::int64_t steps : {1, 2}) {
    double theta = 0;
    const Optimizer optimizer{Accumulate{.steps = steps}};
    auto state = optimizer.init(theta);
    for (int part = 0; part < steps; ++part) optimizer.ascend(theta, 1e300, state);
    theta = 0;
    for (int part = 0; part < steps; ++part) optimizer.ascend(theta, 0.1, state);
    CHECK(theta == 0.1);
  }
}

TEST_CASE("bound, observed and lazy steps match plain ones, and an observer sees steps only") {
  Vector theta(2000), other(2000), g = support::gradient<double>(2000, 1);
  const Optimizer optimizer{Accumulate{.steps = 3}, Momentum{}};
  auto state = optimizer.init(theta), other_state = optimizer.init(other);
  auto bound = optimizer.bind(theta, g, state);
  int heard = 0;
  for (int t = 0; t < 9; ++t) {
    bound.ascend();
    optimizer.ascend(other, g, other_state, [&](const Report&) { ++heard; });
    CHECK(theta == other);
    CHECK((state == other_state));
  }
  CHECK(heard == 3);
}

TEST_CASE("a non-finite gradient is skipped or refused when it arrives") {
  double theta = 0;
  const Optimizer optimizer{SkipNonFinite{}, Accumulate{.steps = 2}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 1.0, state), optimizer.ascend(theta, std::nan(""), state);
  CHECK(theta == 0);
  CHECK(state.skipped() == 1);
  optimizer.ascend(theta, 3.0, state);
  CHECK(theta == 2);
}

TEST_CASE("every leaf needs a gradient") {
  Vectors theta{{1}, {2}};
  const Optimizer optimizer{Accumulate{.steps = 2}};
  auto state = optimizer.init(theta);
  const std::vector<std::optional<Vector>> some{Vector{1}, {}};
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, some, state), doctest::Contains("[1] has no gradient"), Refused);
  optimizer.ascend(theta, Vectors{{1}, {1}}, state);
  CHECK_THROWS_AS(optimizer.ascend(theta, some, state), Refused);
  optimizer.ascend(theta, Vectors{{3}, {3}}, state);
  CHECK(theta == Vectors{{3}, {4}});
}

TEST_CASE("steps is at least 1") {
  support::ranges(&Accumulate::steps, "Accumulate.steps", {std::int64_t{1}, std::int64_t{8}}, {std::int64_t{0}});
}

TEST_SUITE_END();
