// SPDX-License-Identifier: MIT
#include <gradus/policy/distance_adaptation.hpp>

#include "support/refusals.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <optional>

using namespace gradus;

TEST_SUITE_BEGIN("distance_adaptation");

namespace {

/// The run's d, which is stored behind a count and two powers.
double distance_of(const State& state) {
  double d = 0;
  state.visit([&](std::string_view leaf, std::string_view slot, std::span<const double> values) {
    if (leaf.empty() && slot == "clock") d = values[4];
  });
  return d;
}

struct End {
  double place = 0;
  double distance = 0;  ///< d
};

/// Climbs a roof from 0 to its top, with slopes of `scale` and a rate from 1 down to 0. Checks that d never falls.
template <class Policy>
End climb(double top, double scale) {
  double theta = 0, before = 0;
  const Optimizer optimizer{follow<&LearningRate::rate>(Linear{1, 0, 4000}), Policy{}};
  auto state = optimizer.init(theta);
  for (int t = 0; t < 4000; ++t) {
    optimizer.ascend(theta, theta < top ? scale : -scale, state);
    CHECK_MESSAGE(distance_of(state) >= before, t);
    before = distance_of(state);
  }
  return {theta, before};
}

}  // namespace

TEST_CASE_TEMPLATE("without a rate it finds the top, and d is close to the distance for any scale of the gradient",
                   Policy, DistanceAdaptation, ProdigyAdaptation) {
  for (const double top : {1.0, 100.0})
    for (const double scale : {1e-3, 1.0, 1e3}) {
      const End end = climb<Policy>(top, scale);
      CHECK(end.place == doctest::Approx(top).epsilon(0.01));
      CHECK(end.distance > top / 2);
      CHECK(end.distance < top * 2);
    }
}

TEST_CASE("a factor in front is relative to 1: it scales the steps, but not the estimate") {
  double slow = 0, fast = 0;
  const Optimizer half{LearningRate{0.5}, ProdigyAdaptation{.first_distance = 0.25}};
  const Optimizer whole{ProdigyAdaptation{.first_distance = 0.25}};
  auto slow_state = half.init(slow), fast_state = whole.init(fast);
  half.ascend(slow, 1.0, slow_state), whole.ascend(fast, 1.0, fast_state);
  CHECK(fast == doctest::Approx(0.25));  // d times Adam's first step
  CHECK(slow == doctest::Approx(0.125));
}

TEST_CASE_TEMPLATE("hyper-parameters out of range are refused", Policy, DistanceAdaptation, ProdigyAdaptation) {
  const std::string name = std::is_same_v<Policy, DistanceAdaptation> ? "DistanceAdaptation." : "ProdigyAdaptation.";
  support::ranges(&Policy::beta1, name + "beta1", {0, 0.99}, {1, -1});
  support::ranges(&Policy::beta2, name + "beta2", {0, 0.99}, {1, -1});
  support::ranges(&Policy::epsilon, name + "epsilon", {0, 1}, {-1, support::infinity});
  support::ranges(&Policy::first_distance, name + "first_distance", {0.1}, {0, -1, support::infinity});
  support::ranges(&Policy::weight_decay, name + "weight_decay", {0, 0.1}, {-1, support::infinity});
}

TEST_CASE("coefficient is finite and above 0") {
  support::ranges(&ProdigyAdaptation::coefficient, "ProdigyAdaptation.coefficient", {0.5, 2}, {0, support::infinity});
}

TEST_CASE_TEMPLATE("a leaf without a gradient is refused, since the distance is shared by all leaves", Policy,
                   DistanceAdaptation, ProdigyAdaptation) {
  support::needs_every_leaf(Optimizer<Policy>{});
}

TEST_SUITE_END();
