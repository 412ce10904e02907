// SPDX-License-Identifier: MIT
// Mixtures of normal distributions with full covariances by gradient ascent of the likelihood: two for the eruptions of
// Old Faithful, three for irises. Expectation-maximization climbs the same hill from the same starts.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using arma::mat, arma::rowvec, arma::uword, arma::vec;

// Nothing is constrained: the precision is L L', and the factor is the triangle L with its diagonal in logarithms.
struct Normal {
  vec mean;
  mat factor;
};
struct Mixture {
  vec logits;  // their softmax are the weights
  std::vector<Normal> normals;
};

mat softmax(const mat& logs) { return arma::normalise(arma::exp(logs), 1); }
mat triangle(const Normal& at) { return arma::trimatl(at.factor, -1) + arma::diagmat(arma::exp(at.factor.diag())); }

// The logarithm of weight times density, of a normal in each row and of a point in each column.
mat log_joint(const mat& points, const Mixture& at) {
  mat logs(at.normals.size(), points.n_cols);
  for (uword k = 0; k < logs.n_rows; ++k) {
    const mat z = triangle(at.normals[k]).t() * (points.each_col() - at.normals[k].mean);
    logs.row(k) = arma::trace(at.normals[k].factor) - arma::sum(arma::square(z) + std::log(2 * arma::datum::pi)) / 2;
  }
  return logs.each_col() + arma::log(softmax(at.logits));
}

double log_likelihood(const mat& points, const Mixture& at) {
  return arma::accu(arma::log(arma::sum(arma::exp(log_joint(points, at)))));
}

void differentiate(const mat& points, const Mixture& at, Mixture& gradient) {
  const mat shares = softmax(log_joint(points, at));  // of a normal in a point
  gradient.logits = arma::sum(shares, 1) - softmax(at.logits) * arma::accu(shares);
  for (uword k = 0; k < shares.n_rows; ++k) {
    const mat l = triangle(at.normals[k]), apart = points.each_col() - at.normals[k].mean;
    auto& [mean, factor] = gradient.normals[k];
    mean = l * l.t() * apart * shares.row(k).t();
    factor = -arma::trimatl(apart * arma::diagmat(shares.row(k)) * apart.t() * l);
    factor.diag() = factor.diag() % l.diag() + arma::accu(shares.row(k));
  }
}

// Adam with a short memory, whose rate falls to a hundredth.
Mixture ascend(const mat& points, Mixture at) {
  const gradus::Optimizer optimizer{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{.beta = 0.9},
                                    gradus::LearningRate{0.03}, gradus::Decay{std::pow(0.01, 1.0 / 2000)}};
  const auto objective = [&](const Mixture& here, Mixture& gradient) {
    return differentiate(points, here, gradient), log_likelihood(points, here);
  };
  gradus::maximize(objective, at, optimizer, {.steps = 2000});
  return at;
}

// Expectation-maximization: each normal fits the points, which count by its share in them.
Mixture maximize_expectation(const mat& points, Mixture at) {
  for (int i = 0; i < 500; ++i) {
    const mat shares = softmax(log_joint(points, at)), relative = arma::normalise(shares, 1, 1);
    at.logits = arma::log(arma::sum(shares, 1));
    for (uword k = 0; k < shares.n_rows; ++k) {
      const vec mean = points * relative.row(k).t();
      const mat apart = points.each_col() - mean, covariance = apart * arma::diagmat(relative.row(k)) * apart.t();
      const mat l = arma::chol(arma::inv_sympd(covariance), "lower");
      at.normals[k] = {mean, arma::trimatl(l, -1) + arma::diagmat(arma::log(l.diag()))};
    }
  }
  return at;
}

// Round normals around points: the likeliest of a hundred draws. One that begins with few points could shrink onto
// them, and then the likelihood has no bound.
Mixture start(const mat& points, uword count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<uword> any(0, points.n_cols - 1);
  Mixture best;
  for (int i = 0; i < 100; ++i) {
    Mixture drawn{vec(count), {}};
    while (drawn.normals.size() < count)
      drawn.normals.push_back({points.col(any(random)), mat(points.n_rows, points.n_rows)});
    if (i == 0 || log_likelihood(points, drawn) > log_likelihood(points, best)) best = drawn;
  }
  return best;
}

// A point in each column; every row has mean 0 and deviation 1.
mat read(const std::string& name, uword columns) {
  mat points(columns, 0);
  for (const auto& row : use::read(name, columns)) points.insert_cols(points.n_cols, vec(row));
  return arma::diagmat(1 / arma::stddev(points, 0, 1)) * (points.each_col() - arma::mean(points, 1));
}

Mixture compare(use::Report& report, const std::string& what, const mat& points, uword count) {
  vec found(20), by_em(20);
  Mixture first;
  for (unsigned i = 0; i < 20; ++i) {
    const Mixture from = start(points, count, i), to = ascend(points, from);
    found(i) = log_likelihood(points, to);
    by_em(i) = log_likelihood(points, maximize_expectation(points, from));
    if (i == 0) first = to;
  }
  report.compare(what + ", from the first start", found(0), by_em(0), 1e-3);
  report.near(what + ", the lowest of twenty against it", (by_em - found).max(), 1e-3);
  return first;
}

void mixtures(use::Report& report, const std::string& folder) {
  const mat eruptions = read("old_faithful.csv", 2);
  const Mixture geyser = compare(report, "Old Faithful", eruptions, 2);
  compare(report, "irises", read("iris.csv", 4), 3);
  use::draw("mixture", folder, [&](std::ostream& out) {
    arma::join_cols(eruptions, softmax(log_joint(eruptions, geyser))).t().raw_print(out);
    const rowvec angle = arma::linspace<rowvec>(0, 2 * arma::datum::pi, 100);
    for (const Normal& normal : geyser.normals) {
      const mat ring = arma::solve(triangle(normal).t(), 2 * arma::join_cols(arma::cos(angle), arma::sin(angle)));
      (ring.each_col() + normal.mean).t().raw_print(out << "\n\n");
    }
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, mixtures); }
