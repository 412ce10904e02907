// refused: a game has two players or more; one alone climbs by gradus::maximize
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void play(double& x, double& y) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
#ifdef TWIN
  const auto payoff = [](double, double b, double& gradient) { return gradient = b; };
  gradus::play({.steps = 10}, gradus::maximizer(x, payoff, optimizer), gradus::maximizer(y, payoff, optimizer));
#else
  const auto payoff = [](double a, double& gradient) { return gradient = a; };
  gradus::play({.steps = 10}, gradus::maximizer(x, payoff, optimizer));
  y = 0;
#endif
}
