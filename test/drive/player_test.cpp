// SPDX-License-Identifier: MIT
#include <gradus/drive/player.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

using namespace gradus;

namespace {

using Theta = std::vector<double>;

const auto payoff = [](const Theta& x, double y, Theta& gradient) { return gradient = {y}, x[0] * y; };

}  // namespace

TEST_CASE("a player refers to named arguments and keeps temporaries") {
  Theta x{1};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(x);

  const auto keeps = maximizer(x, [](const Theta&, Theta&) { return 0.0; }, Optimizer{LearningRate{0.25}});
  CHECK(&keeps.theta == &x);
  CHECK(keeps.optimizer.policies().get<0>().rate == 0.25);
  CHECK(keeps.state.step() == 0);

  const auto refers = minimizer(x, payoff, optimizer, state);
  CHECK(&refers.payoff == &payoff);
  CHECK(&refers.optimizer == &optimizer);
  CHECK(&refers.state == &state);
}

TEST_CASE("with a temporary optimizer, the state is made before the optimizer is moved in") {
  double x = 1;
  const auto of_x = [](double, double y, double& gradient) { return gradient = y, 0.0; };
  auto player = maximizer(x, of_x, AnyOptimizer<double>(Optimizer{Momentum{}, LearningRate{0.5}}));
  player.optimizer.ascend(player.theta, 2.0, player.state);
  CHECK(x == 2);
  CHECK(player.state.slot<double>("velocity")[0] == 2);
}

TEST_CASE("a player's direction is part of its type") {
  Theta x{1};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(x);
  CHECK(decltype(maximizer(x, payoff, optimizer))::climbs);
  CHECK(decltype(maximizer(x, payoff, optimizer, state))::climbs);
  CHECK_FALSE(decltype(minimizer(x, payoff, optimizer))::climbs);
  CHECK_FALSE(decltype(minimizer(x, payoff, optimizer, state))::climbs);
}

TEST_CASE("a payoff is one function, or a value and a gradient") {
  Theta gradient(1);
  CHECK(detail::payoff_and_gradient(payoff, gradient, Theta{3}, 2.0) == 6);
  CHECK(gradient == Theta{2});
  const auto parts =
      objective([](const Theta& x, double y) { return x[0] * y; }, [](const Theta&, double y) { return Theta{y}; });
  CHECK(detail::payoff_and_gradient(parts, gradient, Theta{3}, 5.0) == 15);
  CHECK(gradient == Theta{5});
}
