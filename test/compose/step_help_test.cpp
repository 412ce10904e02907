// SPDX-License-Identifier: MIT
#include <gradus/compose/step_help.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("step help");

TEST_CASE("parameters, gradient and a lasting state make a step, whatever stands behind them") {
  using Theta = std::vector<double>&;
  static_assert(detail::is_step<Theta, Theta, State&> && detail::is_step<Theta, Theta, State&, Value>);
  static_assert(!detail::is_step<Theta, State&> && !detail::is_step<Theta, Theta>);
  static_assert(!detail::is_step<Theta, Theta, State> && !detail::is_step<State&, Theta, Theta>);
}
