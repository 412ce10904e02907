// SPDX-License-Identifier: MIT
// Lets four charges settle in a trap, at the zeros of the Hermite polynomial H4: +-sqrt((3 +- sqrt(6)) / 2).
#include <gradus/optimizer.hpp>

#include <cmath>
#include <cstdio>
#include <span>

struct Trap {
  double position[4]{-3, -1, 0, 2}, force[4];

  void update_forces() {
    for (int i = 0; i < 4; ++i) {
      force[i] = -position[i];
      for (int j = 0; j < 4; ++j)
        if (j != i) force[i] += 1 / (position[i] - position[j]);
    }
  }
};

int main() {
  Trap trap;
  const std::span position(trap.position), force(trap.force);
  const gradus::Optimizer optimizer{gradus::ClipNorm{.norm = 1}, gradus::Momentum{.factor = 0.4},
                                    gradus::LearningRate{.rate = 0.3}};
  auto state = optimizer.init(position);
  while (state.step() < 100) {
    trap.update_forces();
    optimizer.ascend(position, force, state);
  }

  double error = 0;
  for (const double x : position) {
    const double exact = std::copysign(std::sqrt((3 + (std::abs(x) > 1 ? 1 : -1) * std::sqrt(6.0)) / 2), x);
    std::printf("charge at %15.12f, exact %15.12f\n", x, exact);
    error = std::fmax(error, std::abs(x - exact));
  }
  return error < 1e-12 ? 0 : 1;
}
