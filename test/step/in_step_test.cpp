// SPDX-License-Identifier: MIT
#include <gradus/step/in_step.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <type_traits>

using namespace gradus;

TEST_SUITE_BEGIN("in_step");

TEST_CASE("policies without a schedule are returned by reference, not copied") {
  const detail::Pack<Momentum, LearningRate> policies(Momentum{0.5}, LearningRate{2});
  CHECK(&policies_at(policies, {}, detail::Elements<double>{}) == &policies);
}

TEST_CASE("a policy that follows a schedule has the schedule's value for the step") {
  const auto falling = follow<&LearningRate::rate>(Linear{1, 0, 4});
  const detail::Pack policies(Momentum{0.5}, falling);
  const auto now = policies_at(policies, {3}, detail::Elements<float>{});
  static_assert(std::same_as<std::remove_const_t<decltype(now)>, detail::Pack<Momentum, LearningRate>>);
  CHECK(now.get<0>().factor == 0.5);
  CHECK(now.get<1>().rate == 0.5);
}

TEST_CASE("a watched factor is read from the run's clock, and is 1 before there is one") {
  const auto watching = follow<&LearningRate::rate>(Decay{0.5}, LearningRate{3});
  // The number of steps, then the power of the decay: two steps have been taken.
  const std::array<double, 2> run{2, 0.25};
  const auto now = policies_at(watching, {3, run.data()}, detail::Elements<double>{});
  CHECK(now.get<1>().rate == 0.75);
  CHECK(policies_at(watching, {}, detail::Elements<double>{}).get<1>().rate == 3);
}

TEST_CASE("values out of range for an element type are refused") {
  const detail::Pack policies(follow<&Adaptive::epsilon>([](std::int64_t) { return 1e-60; }));
  CHECK_NOTHROW(policies_at(policies, {}, detail::Elements<double>{}));
  CHECK_THROWS_AS(policies_at(policies, {}, detail::Elements<float>{}), Refused);
}

TEST_SUITE_END();
