// SPDX-License-Identifier: MIT
// Mixtures of normal distributions with full covariances by gradient ascent of the likelihood: two for the eruptions of
// Old Faithful, three for irises. Expectation-maximization climbs the same hill from the same starts.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <ostream>
#include <string>

#include "normal_mixture.hpp"
#include "use.hpp"

namespace {

using arma::mat, arma::uword, arma::vec, use::Mixture, use::log_joint, use::log_likelihood, use::softmax, use::triangle;

// Adam with a short memory, whose rate falls to a hundredth.
Mixture ascend(const mat& points, Mixture at) {
  const auto objective = [&](const Mixture& here, Mixture& gradient) {
    const mat logs = log_joint(points, here), shares = softmax(logs);
    gradient.logits = arma::sum(shares, 1) - softmax(here.logits) * arma::accu(shares);
    for (uword k = 0; k < shares.n_rows; ++k) {
      const mat l = triangle(here.factors[k]), apart = points.each_col() - here.means[k];
      mat& slope = gradient.factors[k] = -arma::trimatl(apart * arma::diagmat(shares.row(k)) * apart.t() * l);
      slope.diag() = slope.diag() % l.diag() + arma::accu(shares.row(k));
      gradient.means[k] = l * l.t() * apart * shares.row(k).t();
    }
    return log_likelihood(logs);
  };
  const gradus::Optimizer adam{gradus::recipe::adam({.lr = 0.03, .beta2 = 0.9}),
                               gradus::Decay{std::pow(0.01, 1.0 / 2000)}};
  gradus::maximize(objective, at, adam, {.steps = 2000});
  return at;
}

// A point in each column; every row has mean 0 and deviation 1.
mat read(const std::string& name, uword columns) {
  mat points(columns, 0);
  for (const auto& row : use::read(name, columns)) points.insert_cols(points.n_cols, vec(row));
  return arma::diagmat(1 / arma::stddev(points, 0, 1)) * (points.each_col() - arma::mean(points, 1));
}

void compare(use::Report& report, const std::string& what, const mat& points, uword count) {
  vec found(20), by_em(20);
  for (unsigned i = 0; i < 20; ++i) {
    const Mixture from = use::start(points, count, i);
    found(i) = log_likelihood(log_joint(points, ascend(points, from)));
    by_em(i) = log_likelihood(log_joint(points, use::maximize_expectation(points, from)));
  }
  report.compare(what + ", from the first start", found(0), by_em(0), 1e-3);
  report.near(what + ", the lowest of twenty against it", (by_em - found).max(), 1e-3);
}

void mixtures(use::Report& report, const std::string& folder) {
  const mat geyser = read("old_faithful.csv", 2);
  compare(report, "Old Faithful", geyser, 2);
  compare(report, "irises", read("iris.csv", 4), 3);
  use::draw("mixture", folder, [&](std::ostream& out) {
    const Mixture found = ascend(geyser, use::start(geyser, 2, 0));
    arma::join_cols(geyser, softmax(log_joint(geyser, found))).t().raw_print(out);
    const arma::rowvec angle = arma::linspace<arma::rowvec>(0, 2 * arma::datum::pi, 100);
    const mat circle = arma::join_cols(arma::cos(angle), arma::sin(angle));
    for (uword k = 0; k < 2; ++k) {
      const mat ring = arma::solve(triangle(found.factors[k]).t(), 2 * circle);
      (ring.each_col() + found.means[k]).t().raw_print(out << "\n\n");
    }
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, mixtures); }
