// SPDX-License-Identifier: MIT
// A dictionary of 36 atoms, of which a few make up each handwritten digit. Codes and atoms take turns, with a penalty
// that makes the codes sparse, and each atom within the unit ball. Plain proximal steps get as many rounds.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using gradus::AveragedMomentum, gradus::LearningRate, gradus::Optimizer;

constexpr arma::uword pixels = 64, count = 36, shown = 300, rounds = 300;
constexpr double penalty = 0.2, factor = 0.5;

// Wanted: the atoms and codes with the least |atoms codes - digits|^2 / 2 + penalty |codes|_1; a digit is a column.
struct Model {
  arma::mat digits, atoms, codes;

  arma::mat rest() const { return atoms * codes - digits; }
  double value() const { return arma::accu(arma::square(rest())) / 2 + penalty * arma::accu(arma::abs(codes)); }
  arma::mat slope_of_codes() const { return atoms.t() * rest(); }
  arma::mat slope_of_atoms() const { return rest() * codes.t(); }
  double rate_of_codes() const { return 1 / arma::norm(atoms.t() * atoms); }  // by the curvature, as that of atoms
  double rate_of_atoms() const { return 1 / arma::norm(codes * codes.t()); }
};

Model start() {
  const auto rows = use::read("digits.csv", pixels);
  Model model{arma::mat(pixels, shown), arma::mat(pixels, count), arma::mat(count, shown)};
  for (arma::uword k = 0; k < shown; ++k) model.digits.col(k) = arma::vec(rows[k]) / 16;
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  model.atoms = arma::normalise(model.atoms.imbue([&] { return normal(random); }));
  return model;
}

// Each is a tensor of its own, with its own norm.
std::vector<arma::subview_col<double>> columns(arma::mat& matrix) {
  std::vector<arma::subview_col<double>> all;
  for (arma::uword k = 0; k < matrix.n_cols; ++k) all.push_back(matrix.col(k));
  return all;
}

// Returns the value after every round. Steps along an average of gradients may be 1 / (1 - factor) times as long.
arma::vec learn(Model& model) {
  Optimizer coding{AveragedMomentum{factor}, LearningRate{}, gradus::SoftThreshold{.l1 = penalty}};
  Optimizer learning{AveragedMomentum{factor}, LearningRate{}, gradus::Ball{.radius = 1}};
  auto coded = coding.init(model.codes), learned = learning.init(columns(model.atoms));
  arma::vec values(rounds);
  for (double& value : values) {
    coding.get<LearningRate>().rate = model.rate_of_codes() / (1 - factor);
    coding.descend(model.codes, model.slope_of_codes(), coded);
    learning.get<LearningRate>().rate = model.rate_of_atoms() / (1 - factor);
    arma::mat slope = model.slope_of_atoms();
    learning.descend(columns(model.atoms), columns(slope), learned);
    value = model.value();
  }
  return values;
}

// The same by hand, without momentum.
arma::vec learn_plainly(Model& model) {
  arma::vec values(rounds);
  for (double& value : values) {
    const double rate = model.rate_of_codes();
    model.codes -= rate * model.slope_of_codes();
    model.codes = arma::sign(model.codes) % arma::clamp(arma::abs(model.codes) - rate * penalty, 0, arma::datum::inf);
    model.atoms -= model.rate_of_atoms() * model.slope_of_atoms();
    model.atoms.each_col([](arma::vec& atom) { atom /= std::max(1.0, arma::norm(atom)); });
    value = model.value();
  }
  return values;
}

void play(use::Report& report, const std::string& folder) {
  Model model = start(), plain = model;
  const arma::vec values = learn(model), plain_values = learn_plainly(plain);
  std::printf("value %.2f, of plain steps %.2f; %.0f%% of the codes are not 0\n", values.back(), plain_values.back(),
              100 * arma::mean(arma::vectorise(arma::abs(arma::sign(model.codes)))));
  report.holds("the value falls in every round", values.is_sorted("strictdescend"));
  report.holds("it ends below that of plain steps", values.back() < plain_values.back());

  use::draw("dictionary", folder, [&](auto& out) {
    arma::join_rows(plain_values, values).raw_print(out);
    model.atoms *= arma::diagmat(arma::sign(arma::sum(model.atoms)));  // either sign would do, as codes have both
    model.atoms.each_col([&](const arma::vec& atom) { arma::reshape(atom, 8, 8).eval().t().raw_print(out, "\n"); });
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, play); }
