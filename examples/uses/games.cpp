// SPDX-License-Identifier: MIT
// Games: matching pennies and a bilinear game, around whose equilibria plain play turns, and a market of three firms.
// The equilibria are known without playing: by symmetry, by a linear system, by Cournot's formula.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using gradus::LearningRate, gradus::Moves, gradus::Optimistic, gradus::Optimizer, gradus::maximizer, gradus::minimizer;

const Optimizer plain{LearningRate{0.5}}, slow{LearningRate{0.05}};
const Optimizer optimistic{Optimistic{}, LearningRate{0.5}}, slow_optimistic{Optimistic{}, LearningRate{0.05}};

double chance(double logit) { return 1 / (1 + std::exp(-logit)); }

// Both show a side of a coin; one wants them to be alike, the other does not. The way of the two chances of heads.
using Way = std::vector<std::array<double, 2>>;

double distance(const std::array<double, 2>& point) { return std::hypot(point[0] - 0.5, point[1] - 0.5); }

template <Moves M, class O>
Way pennies(const O& optimizer) {
  double x = 1.5, y = 0.5;
  Way way;
  const auto note = [&](const gradus::Progress&) { return way.push_back({chance(x), chance(y)}), false; };
  // [pennies]
  const auto alike = [](double p, double q) { return (2 * chance(p) - 1) * (2 * chance(q) - 1); };
  const auto slope = [](double mine, double other) {
    return 2 * chance(mine) * chance(-mine) * (2 * chance(other) - 1);
  };
  const auto of_x = [&](double p, double q, double& gradient) { return gradient = slope(p, q), alike(p, q); };
  const auto of_y = [&](double p, double q, double& gradient) { return gradient = slope(q, p), alike(p, q); };
  gradus::play<M>({.steps = 2000, .gradient_norm = 1e-8, .callback = note}, maximizer(x, of_x, optimizer),
                  minimizer(y, of_y, optimizer));
  // [pennies]
  return way;
}

// x'Ay + b'x + c'y, highest in x and lowest in y where A y = -b and A'x = -c. Returns how far play ends from there.
template <Moves M, class O>
double bilinear(const O& optimizer) {
  const arma::mat a{{2, 1, 0}, {-1, 1, 1}, {0, 1, 3}};
  const arma::vec b{1, -4, 2}, c{-2, -1, 1};
  const auto value = [&](const arma::vec& x, const arma::vec& y) {
    return arma::dot(x, a * y) + arma::dot(b, x) + arma::dot(c, y);
  };
  const auto of_x =
      gradus::objective(value, [&](const arma::vec&, const arma::vec& y) { return arma::vec(a * y + b); });
  const auto of_y =
      gradus::objective(value, [&](const arma::vec& x, const arma::vec&) { return arma::vec(a.t() * x + c); });
  arma::vec x(3), y(3);
  gradus::play<M>({.steps = 20000, .gradient_norm = 1e-9, .callback = [&](const auto&) { return arma::norm(x) > 1e6; }},
                  maximizer(x, of_x, optimizer), minimizer(y, of_y, optimizer));
  return arma::norm(x - arma::solve(a.t(), -c)) + arma::norm(y - arma::solve(a, -b));
}

// A firm sells what pays it best; the more all sell, the lower is the price. At the equilibrium each sells a quarter of
// the sum of 100 and all costs, less its own cost.
auto firm(std::size_t index, double cost) {
  return [=](double a, double b, double c, double& gradient) {
    const double price = 100 - a - b - c, own = std::array{a, b, c}[index];
    return gradient = price - own - cost, own * (price - cost);
  };
}

void play(use::Report& report, const std::string& folder) {
  const std::array ways{pennies<Moves::simultaneous>(plain), pennies<Moves::simultaneous>(optimistic),
                        pennies<Moves::extragradient>(plain)};
  report.holds("pennies: plain play ends farther than it began", distance(ways[0].back()) > distance(ways[0].front()));
  report.near("pennies: optimistic play", distance(ways[1].back()), 1e-6);
  report.near("pennies: extragradient play", distance(ways[2].back()), 1e-6);

  report.holds("bilinear: plain play leaves", bilinear<Moves::simultaneous>(slow) > 1e6);
  report.near("bilinear: optimistic play", bilinear<Moves::simultaneous>(slow_optimistic), 1e-6);
  report.near("bilinear: extragradient play", bilinear<Moves::extragradient>(slow), 1e-6);
  double a = 1, b = 20, c = 70;
  const Optimizer heavy{gradus::Momentum{.factor = 0.5}, LearningRate{0.1}};
  gradus::play<Moves::alternating>({.gradient_norm = 1e-9}, maximizer(a, firm(0, 10), heavy),
                                   maximizer(b, firm(1, 20), plain), maximizer(c, firm(2, 30), slow));
  report.near("market: Cournot's quantities", std::hypot(a - 30, b - 20, c - 10), 1e-6);

  use::draw("games", folder, [&](std::ostream& out) {
    for (const Way& way : ways)
      for (std::size_t i = 0; i < 400; ++i) out << way[i][0] << " " << way[i][1] << (i == 399 ? "\n\n\n" : "\n");
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
