// SPDX-License-Identifier: MIT
// Ratings of players from their games (Bradley and Terry, 1952): a game touches two rows of the table, and a step only
// those two.
#include <gradus/optimizer.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

struct Games {
  std::array<std::size_t, 2> players;
  double won, lost;  // by the first of them
};

int main() {
  const std::vector<Games> season{{{0, 1}, 3, 1}, {{1, 2}, 4, 2}, {{1, 3}, 5, 4}};
  std::vector<double> rating(1000);  // most did not play
  const gradus::Optimizer optimizer{gradus::LearningRate{0.2}};
  auto state = optimizer.init(rating);
  for (int round = 0; round < 500; ++round)
    for (const auto& [players, won, lost] : season) {
      const double ahead = rating[players[0]] - rating[players[1]];
      const double surplus = won - (won + lost) / (1 + std::exp(-ahead));
      // [rows]
      const std::array<double, 2> gradient{surplus, -surplus};
      optimizer.ascend(rating, gradus::lazy_rows(rating, players, gradient), state);
      // [rows]
    }
  // If the pairs form a tree, the odds of each are those of its games.
  double off = 0;
  for (const auto& [players, won, lost] : season) {
    const double ahead = rating[players[0]] - rating[players[1]];
    std::printf("%zu beats %zu by odds of %.6f, of its games %.6f\n", players[0], players[1], std::exp(ahead),
                won / lost);
    off = std::fmax(off, std::abs(ahead - std::log(won / lost)));
  }
  return off < 1e-9 && rating[500] == 0 ? 0 : 1;
}
