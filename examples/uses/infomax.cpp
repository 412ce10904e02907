// SPDX-License-Identifier: MIT
// Infomax: two mixtures of two photographs, separated by maximum likelihood along the natural gradient. The Amari index
// compares it, and FastICA, with the true mixing matrix, which the climb does not see.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>

#include "use.hpp"

namespace {

constexpr arma::uword width = 96;  // of a photograph, row by row

// A row for each photograph, without its mean and of variance 1.
arma::mat read_photographs() {
  const auto rows = use::read("photographs.csv");
  arma::mat both(2, rows.size());
  for (arma::uword i = 0; i < rows.size(); ++i) both.col(i) = arma::vec(rows[i]);
  both.each_col() -= arma::mean(both, 1);
  both.each_col() /= arma::stddev(both, 1, 1);
  return both;
}

// A source y is assumed to have the density exp(-y^2 / 2 - k log cosh y), up to a factor: more peaked than a normal one
// for k = 1, with two humps for k = -1. What has been separated so far tells which (Lee, Girolami, Sejnowski, 1999).
arma::vec kinds(const arma::mat& y) {
  const arma::mat t = arma::tanh(y);
  return arma::sign(arma::mean(1 - t % t, 1) % arma::mean(y % y, 1) - arma::mean(t % y, 1));
}

// Per pixel, up to terms that do not depend on W.
double log_likelihood(const arma::mat& w, const arma::mat& mixed) {
  const arma::mat y = w * mixed;
  const arma::vec each = arma::mean(y % y / 2 + arma::diagmat(kinds(y)) * arma::log(arma::cosh(y)), 1);
  return std::log(std::abs(arma::det(w))) - arma::accu(each);
}

// The gradient times W'W: along it WA takes the same way from the same start, however the sources were mixed.
arma::mat natural_gradient(const arma::mat& w, const arma::mat& mixed) {
  const arma::mat y = w * mixed, score = y + arma::diagmat(kinds(y)) * arma::tanh(y);
  return (arma::eye(2, 2) - score * y.t() / static_cast<double>(y.n_cols)) * w;
}

arma::mat infomax(const arma::mat& mixed) {
  arma::mat w = arma::eye(2, 2);
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.1}};
  const auto likelihood = gradus::objective([&](const arma::mat& at) { return log_likelihood(at, mixed); },
                                            [&](const arma::mat& at) { return natural_gradient(at, mixed); });
  const auto top = gradus::maximize(likelihood, w, optimizer, {.steps = 2000, .gradient_norm = 1e-9});
  std::printf("%s\n", top.str().c_str());
  return w;
}

arma::mat inverse_root(const arma::mat& a) { return arma::inv_sympd(arma::sqrtmat_sympd(a)); }

// Symmetric FastICA with tanh (Hyvarinen, 1999): a fixed point among the rotations of uncorrelated signals.
arma::mat fast_ica(const arma::mat& mixed) {
  const arma::mat white = inverse_root(arma::cov(mixed.t(), 1)), z = white * mixed;
  arma::mat w = arma::eye(2, 2);
  for (int step = 0; step < 200; ++step) {
    const arma::mat t = arma::tanh(w * z);
    w = t * z.t() / static_cast<double>(z.n_cols) - arma::diagmat(arma::mean(1 - t % t, 1)) * w;
    w = inverse_root(w * w.t()) * w;
  }
  return w * white;
}

// How far WA is from a permutation, at most 1: by what rows and columns have besides their largest elements.
double amari(const arma::mat& w, const arma::mat& mixing) {
  const arma::mat p = arma::abs(w * mixing);
  const double rows = arma::accu(arma::sum(p, 1) / arma::max(p, 1) - 1);
  const double columns = arma::accu(arma::sum(p, 0) / arma::max(p, 0) - 1);
  const auto n = static_cast<double>(p.n_rows);
  return (rows + columns) / (2 * n * (n - 1));
}

void separate(use::Report& report, const std::string& folder) {
  const arma::mat mixing{{0.6, 0.4}, {0.45, 0.55}}, mixed = mixing * read_photographs();
  arma::mat w = infomax(mixed);
  w.each_col() /= arma::stddev(arma::mat(w * mixed), 1, 1);  // variance 1, as FastICA has it
  report.near("Amari index of infomax", amari(w, mixing), 0.05);
  std::printf("%-48s off by %.1e\n", "Amari index of FastICA", amari(fast_ica(mixed), mixing));

  use::draw("infomax", folder, [&](std::ostream& out) {
    const arma::mat all = arma::join_cols(mixed, w * mixed);
    for (arma::uword i = 0; i < all.n_cols; ++i) out << i % width << " " << i / width << all.col(i).t();
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, separate); }
