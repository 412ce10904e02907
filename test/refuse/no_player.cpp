// refused: a player is made by gradus::maximizer or gradus::minimizer; the options come first
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

void play(double& x, double& y) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const auto payoff = [](double, double b, double& gradient) { return gradient = b; };
  const gradus::DriveOptions options{.steps = 10};
#ifdef TWIN
  gradus::play(options, gradus::maximizer(x, payoff, optimizer), gradus::maximizer(y, payoff, optimizer));
#else
  gradus::play(gradus::maximizer(x, payoff, optimizer), gradus::maximizer(y, payoff, optimizer), options);
#endif
}
