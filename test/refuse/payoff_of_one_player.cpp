// refused: a player's payoff is neither double(const Theta1&, ..., const ThetaN&, Theta& gradient)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void play(double& x, double& y) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto loss = [](double a, double, double& gradient) { return gradient = a; };
#ifdef TWIN
  const auto payoff = [](double, double b, double& gradient) { return gradient = b; };
#else
  const auto payoff = [](double a, double& gradient) { return gradient = a; };
#endif
  gradus::play({.steps = 10}, gradus::maximizer(x, payoff, optimizer), gradus::minimizer(y, loss, optimizer));
}
