// SPDX-License-Identifier: MIT
// Two compositions share a set of parameters: a table of embeddings takes plain steps without slots, the rest Adam's.
// The gradient is clipped by one norm, that of all leaves.
#include <gradus/optimizer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vector>

struct Model {
  std::vector<double> embedding, weight;
};

// [clip_to]
/// Clips by a norm that was measured elsewhere.
struct ClipTo {
  double largest = 1, measured = 0;

  static constexpr gradus::Name scalars[]{"min(1, largest / measured)"};
  std::array<double, 1> at(const gradus::Step&) const { return {measured > largest ? largest / measured : 1}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane factor) { r.update = r.update * factor; }
};
// [clip_to]

int main() {
  using namespace gradus;
  const Model target{{3, -1, 2, 0.5}, {1, -2}};
  Model theta{{0, 0, 0, 0}, {0, 0}}, gradient = theta;

  // [subset]
  auto table = subset(theta, Named{"embedding"});
  auto rest = subset(theta, [](std::string_view leaf) { return leaf != "embedding"; });
  Optimizer plain{ClipTo{.largest = 1}, LearningRate{0.5}};
  Optimizer adam{ClipTo{.largest = 1}, recipe::adam({.lr = 0.1})};
  auto plain_state = plain.init(table);
  auto adam_state = adam.init(rest);
  for (int step = 0; step < 200; ++step) {
    for (std::size_t i = 0; i < 4; ++i) gradient.embedding[i] = theta.embedding[i] - target.embedding[i];
    for (std::size_t i = 0; i < 2; ++i) gradient.weight[i] = theta.weight[i] - target.weight[i];
    plain.get<ClipTo>().measured = adam.get<ClipTo>().measured = gradient_norm(theta, gradient);
    plain.descend(table, gradient, plain_state);
    adam.descend(rest, gradient, adam_state);
  }
  // [subset]

  double worst = 0;
  for (std::size_t i = 0; i < 4; ++i) worst = std::max(worst, std::abs(theta.embedding[i] - target.embedding[i]));
  for (std::size_t i = 0; i < 2; ++i) worst = std::max(worst, std::abs(theta.weight[i] - target.weight[i]));
  std::printf("the farthest parameter is %.1e away\n", worst);
  return worst < 1e-3 ? 0 : 1;
}
