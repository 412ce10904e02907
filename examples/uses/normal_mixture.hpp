// SPDX-License-Identifier: MIT
#pragma once

#include <armadillo>

#include <cmath>
#include <random>
#include <vector>

namespace use {

/// Nothing is constrained: weights are the softmax of the logits, a precision is L L', and its factor is the triangle L
/// with the logarithms of its diagonal.
struct Mixture {
  arma::vec logits;
  std::vector<arma::vec> means;
  std::vector<arma::mat> factors;
};

inline arma::mat softmax(const arma::mat& logs) { return arma::normalise(arma::exp(logs), 1); }
inline arma::mat triangle(const arma::mat& factor) {
  return arma::trimatl(factor, -1) + arma::diagmat(arma::exp(factor.diag()));
}

/// The logarithm of weight times density, with a row for each normal and a column for each point.
inline arma::mat log_joint(const arma::mat& points, const Mixture& at) {
  arma::mat logs(at.means.size(), points.n_cols);
  for (arma::uword k = 0; k < logs.n_rows; ++k) {
    const arma::mat z = triangle(at.factors[k]).t() * (points.each_col() - at.means[k]);
    logs.row(k) = arma::trace(at.factors[k]) - arma::sum(arma::square(z) + std::log(2 * arma::datum::pi)) / 2;
  }
  return logs.each_col() + arma::log(softmax(at.logits));
}

inline double log_likelihood(const arma::mat& logs) { return arma::accu(arma::log(arma::sum(arma::exp(logs)))); }

/// Expectation-maximization: each normal fits the points, weighted by its share in them.
inline Mixture maximize_expectation(const arma::mat& points, Mixture at) {
  for (int i = 0; i < 500; ++i) {
    const arma::mat shares = softmax(log_joint(points, at));
    at.logits = arma::log(arma::sum(shares, 1));
    for (arma::uword k = 0; k < shares.n_rows; ++k) {
      const arma::mat share = arma::normalise(shares.row(k), 1), mean = points * share.t(),
                      apart = points.each_col() - mean;
      const arma::mat l = arma::chol(arma::inv_sympd(apart * arma::diagmat(share) * apart.t()), "lower");
      at.means[k] = mean;
      at.factors[k] = arma::trimatl(l, -1) + arma::diagmat(arma::log(l.diag()));
    }
  }
  return at;
}

/// Narrow normals around points, the likeliest of a hundred draws. From wide ones, which share all points, the two
/// methods climb different peaks; one that begins with few points could shrink onto them, where the likelihood has no
/// bound.
inline Mixture start(const arma::mat& points, arma::uword count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<arma::uword> any(0, points.n_cols - 1);
  Mixture best;
  for (int i = 0; i < 100; ++i) {
    Mixture drawn{arma::vec(count), std::vector<arma::vec>(count),
                  std::vector<arma::mat>(count, arma::eye(points.n_rows, points.n_rows))};
    for (arma::vec& mean : drawn.means) mean = points.col(any(random));
    if (i == 0 || log_likelihood(log_joint(points, drawn)) > log_likelihood(log_joint(points, best))) best = drawn;
  }
  return best;
}

}  // namespace use
