// SPDX-License-Identifier: MIT
// Principal components: the five directions that tell most about 600 handwritten digits, found by letting five numbers
// per picture say as much about it as they can. LAPACK's singular value decomposition checks them.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <cstdio>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

constexpr arma::uword components = 5;

struct Pictures {
  arma::mat pixels;  // a row for each picture, without their mean
  arma::vec digit;
};

Pictures read_pictures() {
  const auto rows = use::read("digits.csv");
  const std::size_t pixels = rows[0].size() - 1;
  Pictures pictures{arma::mat(rows.size(), pixels), arma::vec(rows.size())};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < pixels; ++j) pictures.pixels(i, j) = rows[i][j];
    pictures.digit[i] = rows[i].back();
  }
  pictures.pixels.each_row() -= arma::mean(pictures.pixels);
  return pictures;
}

// A picture x is described by the five numbers W'x and redrawn as WW'x. The value is minus half the squared error, and
// highest where the columns of W are orthonormal and span the principal components, without any constraint or
// decomposition.
double likeness(const arma::mat& x, const arma::mat& w, arma::mat& gradient) {
  const double each = 1 / static_cast<double>(x.n_rows);
  const arma::mat told = x * w, missed = x - told * w.t();
  gradient = each * (missed.t() * told + x.t() * (missed * w));
  return -each / 2 * arma::accu(arma::square(missed));
}

arma::mat climb(const arma::mat& x) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal(0, 1 / std::sqrt(x.n_cols));
  arma::mat w(x.n_cols, components);
  for (double& weight : w) weight = normal(random);

  const auto of_data = [&](const arma::mat& at, arma::mat& gradient) { return likeness(x, at, gradient); };
  const gradus::Optimizer by_curvature{gradus::BarzilaiBorwein{.first_rate = 1e-4}};
  const auto top = gradus::maximize(of_data, w, by_curvature, {.steps = 2000, .gradient_norm = 1e-8});
  std::printf("%s\n", top.str().c_str());
  return w;
}

// The subspace has no axes of its own; these are the ones along which the pictures differ most, in falling order.
arma::mat principal_axes(const arma::mat& x, const arma::mat& w) {
  const arma::mat told = x * w;
  arma::vec variances;
  arma::mat turn;
  arma::eig_sym(variances, turn, told.t() * told);
  return w * arma::fliplr(turn);
}

// The largest principal angle between the spans of orthonormal columns, by its sine, which keeps small angles exact.
double angle(const arma::mat& a, const arma::mat& b) { return std::asin(arma::norm(b - a * (a.t() * b), 2)); }

double explained(const arma::mat& x, const arma::mat& w) {
  return arma::accu(arma::square(x * w)) / arma::accu(arma::square(x));
}

void learn(use::Report& report, const std::string& folder) {
  const Pictures pictures = read_pictures();
  const arma::mat& x = pictures.pixels;
  const arma::mat w = climb(x);

  arma::mat left, right;
  arma::vec singular;
  arma::svd_econ(left, singular, right, x, "right");
  const arma::mat truth = right.head_cols(components);
  report.near("columns orthonormal", arma::norm(w.t() * w - arma::eye(components, components)), 1e-8);
  report.near("angle between the subspaces", angle(truth, w), 1e-6);
  report.compare("explained variance", explained(x, w), explained(x, truth), 1e-10);

  use::draw("pca", folder, [&](std::ostream& out) {
    const arma::mat axes = principal_axes(x, w), told = x * axes;
    for (arma::uword i = 0; i < x.n_rows; ++i)
      out << told(i, 0) << " " << told(i, 1) << " " << pictures.digit[i] << "\n";
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, learn); }
