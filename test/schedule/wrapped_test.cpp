// SPDX-License-Identifier: MIT
#include <gradus/schedule/wrapped.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

using namespace gradus;

TEST_SUITE_BEGIN("wrapped");

TEST_CASE("first_wrapped finds the first policy that the accessor accepts, and refers into the optimizer") {
  Optimizer optimizer{Clip{1}, Momentum{0.5}, follow<&Clip::value>(Exponential{4, 1}), LearningRate{2}};
  const auto schedule = [](const auto& policy) -> decltype((policy.schedule)) { return policy.schedule; };
  Exponential& found = detail::first_wrapped(schedule, optimizer, optimizer.policies());
  CHECK(found.from == 4);
  found.from = 3;
  CHECK(optimizer.policies().get<2>().schedule.from == 3);

  const auto rate = [](const auto& policy) -> decltype((policy.rate)) { return policy.rate; };
  CHECK(&detail::first_wrapped(rate, optimizer, optimizer.policies()) == &optimizer.get<LearningRate>().rate);
}

TEST_SUITE_END();
