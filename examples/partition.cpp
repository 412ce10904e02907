// SPDX-License-Identifier: MIT
// Two compositions share a set of parameters: a table of embeddings takes plain steps without slots, the rest Adam's.
// The gradient is clipped by one norm, that of all leaves.
#include <gradus/optimizer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

struct Model {
  std::vector<double> embedding, weight;
};

int main() {
  using namespace gradus;
  const Model target{{3, -1, 2, 0.5}, {1, -2}};
  Model theta{{0, 0, 0, 0}, {0, 0}}, gradient = theta;

  // [partition]
  Partition optimizer{ClipNorm{1},  // by the norm of all leaves
                      for_leaves(Named{"embedding"}, LearningRate{0.5}), for_others(recipe::adam({.lr = 0.1}))};
  auto state = optimizer.init(theta);
  for (int step = 0; step < 200; ++step) {
    for (std::size_t i = 0; i < 4; ++i) gradient.embedding[i] = theta.embedding[i] - target.embedding[i];
    for (std::size_t i = 0; i < 2; ++i) gradient.weight[i] = theta.weight[i] - target.weight[i];
    optimizer.descend(theta, gradient, state);
  }
  // [partition]

  double worst = 0;
  for (std::size_t i = 0; i < 4; ++i) worst = std::max(worst, std::abs(theta.embedding[i] - target.embedding[i]));
  for (std::size_t i = 0; i < 2; ++i) worst = std::max(worst, std::abs(theta.weight[i] - target.weight[i]));
  std::printf("the farthest parameter is %.1e away\n", worst);
  return worst < 1e-3 ? 0 : 1;
}
