// SPDX-License-Identifier: MIT
// Sparse coding: which 4 of 64 atoms was a signal of 32 numbers made of? The answer was planted. How near the penalised
// objective is to its lowest value tells a bound of the dual, and ISTA, written out here, is what the steps must beat.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>

#include "use.hpp"

namespace {

constexpr double penalty = 0.1, least = 0.5;  // of the codes' absolute sum; a smaller number of a code counts as none
constexpr int steps = STEPS;

// What is to be as small as it can: |signal - atoms code|^2 / 2 + penalty |code|_1.
struct Problem {
  arma::mat atoms;
  arma::vec planted, signal;

  arma::vec rest(const arma::vec& code) const { return atoms * code - signal; }
  double square(const arma::vec& code) const { return arma::dot(rest(code), rest(code)) / 2; }
  arma::vec slope(const arma::vec& code) const { return atoms.t() * rest(code); }
  double value(const arma::vec& code) const { return square(code) + penalty * arma::norm(code, 1); }
  double curvature() const { return std::pow(arma::norm(atoms), 2); }
};

Problem plant(unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> size(1, 2);
  arma::mat atoms(32, 64);
  atoms.imbue([&] { return normal(random); });
  atoms = arma::normalise(atoms);
  arma::vec planted(64), noise(32);
  while (arma::accu(planted != 0) < 4) planted(random() % 64) = random() % 2 ? size(random) : -size(random);
  noise.imbue([&] { return 0.01 * normal(random); });
  return {atoms, planted, atoms * planted + noise};
}

// The sum of steps that a momentum makes of a gradient is 1 / (1 - factor) as long; so is the penalty.
arma::vec descend(const Problem& problem) {
  constexpr double factor = FACTOR;
  const gradus::Optimizer optimizer{gradus::Momentum{factor}, gradus::LearningRate{1 / problem.curvature()},
                                    gradus::SoftThreshold{.l1 = penalty / (1 - factor)}};
  arma::vec code(64);
  gradus::minimize(gradus::objective([&](const arma::vec& at) { return problem.square(at); },
                                     [&](const arma::vec& at) { return problem.slope(at); }),
                   code, optimizer, {.steps = steps});
  return code;
}

arma::vec ista(const Problem& problem) {
  const double rate = 1 / problem.curvature();
  arma::vec code(64);
  for (int i = 0; i < steps; ++i) {
    const arma::vec at = code - rate * problem.slope(code);
    code = arma::sign(at) % arma::clamp(arma::abs(at) - rate * penalty, 0, arma::datum::inf);
  }
  return code;
}

// Lowest value: no code has one below this, whatever it is.
double bound(const Problem& problem, const arma::vec& code) {
  const arma::vec rest = -problem.rest(code);
  const arma::vec dual = rest * std::min(1.0, penalty / arma::norm(problem.slope(code), "inf"));
  return (arma::dot(problem.signal, problem.signal) - arma::dot(problem.signal - dual, problem.signal - dual)) / 2;
}

void play(use::Report& report, const std::string& folder) {
  int recovered = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Problem problem = plant(seed);
    const arma::vec code = descend(problem), other = ista(problem);
    const double low = bound(problem, code);
    const bool same = arma::all((arma::abs(code) > least) == (problem.planted != 0));
    recovered += same;
    std::printf("%2u: %.8f, ISTA %.8f, gap %.1e %.1e support %d nnz %d\n", seed, problem.value(code), problem.value(other), problem.value(code) - low,  problem.value(other) - low,same, (int)arma::accu(code != 0));
  }
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
