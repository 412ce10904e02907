// SPDX-License-Identifier: MIT
// Sparse coding: which 4 of 64 atoms was a signal of 32 numbers made of? The truth was planted. The dual problem tells
// how far the objective is from its lowest value at most, and ISTA, written out here, gets equally many steps.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <random>
#include <string>

#include "use.hpp"

namespace {

using gradus::AveragedMomentum, gradus::LearningRate, gradus::Optimizer, gradus::SoftThreshold;

constexpr int steps = 75;
constexpr double penalty = 0.1, factor = 0.6, present = 0.5;  // a number of a code below `present` counts as none

// Wanted: the code with the least |atoms code - signal|^2 / 2 + penalty |code|_1.
struct Problem {
  arma::mat atoms;
  arma::vec planted, signal;

  arma::vec rest(const arma::vec& code) const { return atoms * code - signal; }
  double square(const arma::vec& code) const { return arma::dot(rest(code), rest(code)) / 2; }
  arma::vec slope(const arma::vec& code) const { return atoms.t() * rest(code); }
  double value(const arma::vec& code) const { return square(code) + penalty * arma::norm(code, 1); }
  double safe_rate() const { return 1 / arma::norm(atoms.t() * atoms); }
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

// Steps along an average of gradients may be 1 / (1 - factor) times as long.
arma::vec gradus_code(const Problem& problem, int count) {
  const double rate = problem.safe_rate() / (1 - factor);
  const Optimizer optimizer{AveragedMomentum{factor}, LearningRate{rate}, SoftThreshold{.l1 = penalty}};
  const auto fit = gradus::objective([&](const arma::vec& code) { return problem.square(code); },
                                     [&](const arma::vec& code) { return problem.slope(code); });
  arma::vec code(64);
  gradus::minimize(fit, code, optimizer, {.steps = count});
  return code;
}

arma::vec ista_code(const Problem& problem, int count) {
  const double rate = problem.safe_rate();
  arma::vec code(64);
  for (int i = 0; i < count; ++i) {
    code -= rate * problem.slope(code);
    code = arma::sign(code) % arma::clamp(arma::abs(code) - rate * penalty, 0, arma::datum::inf);
  }
  return code;
}

// No code has a value below this: the dual objective at a code's residual, scaled into the feasible set.
double least_value(const Problem& problem, const arma::vec& code) {
  const double scale = std::min(1.0, penalty / arma::norm(problem.slope(code), "inf"));
  const arma::vec beyond = problem.signal + scale * problem.rest(code);
  return (arma::dot(problem.signal, problem.signal) - arma::dot(beyond, beyond)) / 2;
}

void play(use::Report& report, const std::string& folder) {
  int recovered = 0, no_worse = 0;
  double gap = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Problem problem = plant(seed);
    const arma::vec code = gradus_code(problem, steps), late = gradus_code(problem, 4 * steps);
    recovered += arma::all((arma::abs(code) > present) == (problem.planted != 0));
    no_worse += problem.value(code) <= problem.value(ista_code(problem, steps));
    gap = std::max(gap, problem.value(late) - least_value(problem, late));
  }
  report.compare("of 20 signals, with the planted atoms", recovered, 20, 1);
  report.compare("with a value at most ISTA's", no_worse, 20, 0);
  report.near("the value above its least, 4 times the steps", gap, 1e-9);

  use::draw("sparse_coding", folder, [](auto& out) {
    const Problem problem = plant(1);
    const double least = least_value(problem, gradus_code(problem, 4 * steps));
    out << arma::join_rows(problem.planted, gradus_code(problem, steps)) << "\n\n";
    for (int i = 0; i <= steps; ++i)
      out << problem.value(ista_code(problem, i)) - least << " " << problem.value(gradus_code(problem, i)) - least
          << "\n";
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
