// SPDX-License-Identifier: MIT
// Two optimizers share a set of parameters and step when each wants to: a two-sided game in which the second side takes
// five steps for each one of the first.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

struct Game {
  std::vector<double> maker, critic;
};

int main() {
  using namespace gradus;
  Game theta{{1}, {1}};
  const auto value = [&] {  // what the critic climbs and the maker descends: (m + 1) c - c^2 / 2
    return Game{{theta.critic[0]}, {theta.maker[0] + 1 - theta.critic[0]}};
  };

  // [subset]
  auto maker = subset(theta, Named{"maker"});
  auto critic = subset(theta, Named{"critic"});
  const Optimizer slow{LearningRate{0.05}};
  const Optimizer fast{Momentum{0.5}, LearningRate{0.2}};
  auto of_maker = slow.init(maker);
  auto of_critic = fast.init(critic);
  for (int step = 0; step < 500; ++step) {
    for (int i = 0; i < 5; ++i) fast.ascend(critic, value(), of_critic);
    slow.descend(maker, value(), of_maker);
  }
  // [subset]

  std::printf("maker %.4f, critic %.4f\n", theta.maker[0], theta.critic[0]);
  return std::abs(theta.maker[0] + 1) < 1e-3 && std::abs(theta.critic[0]) < 1e-3 ? 0 : 1;
}
