// SPDX-License-Identifier: MIT
// What a composition does and costs, as the library itself tells it.
#include <gradus/optimizer.hpp>

#include <iostream>
#include <string_view>

// [explained]
constexpr std::string_view explained = R"(gradus::Optimizer of float
                      u <- g
  ClipNorm            u <- u min(1, norm / (N + epsilon))
                      g <- u
  Momentum            velocity <- factor velocity + (1 - dampening) u
                      u <- velocity
  Nesterov            u <- g + factor velocity
  Adaptive            second <- beta second + (1 - beta) g g
                      u <- u / (sqrt(second) + epsilon)
  WeightDecay         u <- u - decay p
  LearningRate        u <- rate u
  Warmup              u <- min(1, t / steps) u, in the same factor
  apply               p <- p + u
  2 passes over memory, 1 of them read-only
  2 slots: velocity, second
  32 bytes per element and step: 5 reads, 3 writes
)";
// [explained]

int main() {
  // [compose]
  const gradus::Optimizer<gradus::ClipNorm, gradus::Momentum, gradus::Nesterov, gradus::Adaptive, gradus::WeightDecay,
                          gradus::LearningRate, gradus::Warmup>
      optimizer;
  std::cout << gradus::explain(optimizer);
  static_assert(gradus::cost<decltype(optimizer)>.bytes == 32);
  // [compose]
  return gradus::explain(optimizer) == explained ? 0 : 1;
}
