// refused: a player is const, and a game moves its state; keep it as what may change
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void play(double& x, double& y) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto payoff = [](double, double b, double& gradient) { return gradient = b; };
#ifdef TWIN
  auto player = gradus::maximizer(x, payoff, optimizer);
#else
  const auto player = gradus::maximizer(x, payoff, optimizer);
#endif
  gradus::play({.steps = 10}, player, gradus::maximizer(y, payoff, optimizer));
}
