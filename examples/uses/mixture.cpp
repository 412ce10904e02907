// SPDX-License-Identifier: MIT
// Mixtures of normal distributions with full covariances by gradient ascent of the likelihood: two for the eruptions of
// Old Faithful, three for irises. Expectation-maximization climbs the same hill from the same starts.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <ostream>
#include <random>
#include <string>

#include "use.hpp"

namespace {

using arma::mat, arma::uword, arma::vec;

// Nothing is constrained: weights are the softmax of the logits, the precision of a component is L L', and its factor
// is the lower triangle L with logarithms on the diagonal. Points and means are columns.
struct Mixture {
  vec logits;
  mat means;
  arma::cube factors;
};

vec weights(const Mixture& at) { return arma::normalise(arma::exp(at.logits - at.logits.max()), 1); }

mat triangle(const Mixture& at, uword k) {
  mat l = arma::trimatl(at.factors.slice(k));
  l.diag() = arma::exp(l.diag());
  return l;
}

struct Posterior {
  double log_likelihood;
  mat shares;  // of a component (column) in a point (row)
};

Posterior posterior(const mat& points, const Mixture& at) {
  mat logs(points.n_cols, at.logits.n_elem);
  for (uword k = 0; k < logs.n_cols; ++k) {
    const mat z = triangle(at, k).t() * (points.each_col() - at.means.col(k));
    logs.col(k) = arma::trace(at.factors.slice(k)) + std::log(weights(at)(k)) - arma::sum(arma::square(z)).t() / 2;
  }
  const vec top = arma::max(logs, 1), sums = arma::sum(arma::exp(logs.each_col() - top), 1);
  const double constant = std::log(2 * std::numbers::pi) / 2 * static_cast<double>(points.n_elem);
  return {arma::accu(top + arma::log(sums)) - constant, arma::exp(logs.each_col() - (top + arma::log(sums)))};
}

double likelihood(const mat& points, const Mixture& at, Mixture& gradient) {
  const auto [value, shares] = posterior(points, at);
  gradient.logits = arma::sum(shares).t() - static_cast<double>(points.n_cols) * weights(at);
  for (uword k = 0; k < shares.n_cols; ++k) {
    const mat l = triangle(at, k), apart = points.each_col() - at.means.col(k), z = l.t() * apart;
    gradient.means.col(k) = l * z * shares.col(k);
    mat slope = arma::trimatl(-apart * arma::diagmat(shares.col(k)) * z.t());
    slope.diag() = slope.diag() % l.diag() + arma::accu(shares.col(k));
    gradient.factors.slice(k) = slope;
  }
  return value;
}

// The mixture under which shared points are most likely.
Mixture maximization(const mat& points, const mat& shares) {
  Mixture best{arma::log(arma::sum(shares).t()), points * arma::normalise(shares, 1), {}};
  best.factors.set_size(points.n_rows, points.n_rows, shares.n_cols);
  for (uword k = 0; k < shares.n_cols; ++k) {
    const mat apart = points.each_col() - best.means.col(k);
    const mat covariance = apart * arma::diagmat(arma::normalise(shares.col(k), 1)) * apart.t();
    mat l = arma::chol(arma::inv_sympd(covariance), "lower");
    l.diag() = arma::log(l.diag());
    best.factors.slice(k) = l;
  }
  return best;
}

// Points drawn far apart, as k-means++ does; of fifty draws the one that all points are nearest to, because a component
// that begins with few of them can shrink onto these, and its likelihood has no bound. The nearer, the larger the
// share.
Mixture start(const mat& points, uword components, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  mat best;
  for (int i = 0; i < 50; ++i) {
    mat squares(points.n_cols, components, arma::fill::ones);
    for (uword k = 0; k < components; ++k) {
      const vec nearest = arma::min(squares.head_cols(std::max<uword>(k, 1)), 1);
      std::discrete_distribution<uword> draw(nearest.begin(), nearest.end());
      squares.col(k) = arma::sum(arma::square(points.each_col() - points.col(draw(random)))).t();
    }
    const auto apart = [](const mat& all) { return arma::accu(arma::min(all, 1)); };
    if (best.empty() || apart(squares) < apart(best)) best = squares;
  }
  best.each_col() -= arma::min(best, 1);
  return maximization(points, arma::normalise(arma::exp(-best.t() / 2), 1).t());
}

// Adam with a short memory, whose rate falls to a hundredth.
Mixture ascend(const mat& points, Mixture at) {
  const gradus::Optimizer optimizer{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{.beta = 0.9},
                                    gradus::LearningRate{0.03}, gradus::Decay{std::pow(0.01, 1.0 / 2000)}};
  gradus::maximize([&](const Mixture& here, Mixture& gradient) { return likelihood(points, here, gradient); }, at,
                   optimizer, {.steps = 2000});
  return at;
}

Mixture expectation_maximization(const mat& points, Mixture at) {
  for (int i = 0; i < 1000; ++i) at = maximization(points, posterior(points, at).shares);
  return at;
}

mat read(const std::string& name, uword columns) {
  const auto rows = use::read(name, columns);
  mat points(columns, rows.size());
  for (uword i = 0; i < rows.size(); ++i) points.col(i) = vec(rows[i]);
  return points;
}

mat standardised(mat points) {
  points.each_col() -= arma::mean(points, 1);
  points.each_col() /= arma::stddev(points, 0, 1);
  return points;
}

void compare(use::Report& report, const std::string& what, const mat& points, uword components) {
  double worst = -arma::datum::inf;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Mixture from = start(points, components, seed);
    const double found = posterior(points, ascend(points, from)).log_likelihood;
    const double by_em = posterior(points, expectation_maximization(points, from)).log_likelihood;
    if (seed == 1) report.compare(what + ": log-likelihood", found, by_em, 1e-3);
    worst = std::max(worst, by_em - found);
  }
  report.near(what + ": below the other, of twenty starts", worst, 1e-3);
}

void mixtures(use::Report& report, const std::string& folder) {
  const mat eruptions = read("old_faithful.csv", 2), points = standardised(eruptions);
  compare(report, "Old Faithful", points, 2);
  compare(report, "irises", standardised(read("iris.csv", 4)), 3);
  use::draw("mixture", folder, [&](std::ostream& out) {
    const Mixture found = ascend(points, start(points, 2, 1));
    arma::join_rows(eruptions.t(), posterior(points, found).shares).raw_print(out);
    const arma::rowvec angle = arma::linspace<arma::rowvec>(0, 2 * arma::datum::pi, 100);
    const mat circle = arma::join_cols(arma::cos(angle), arma::sin(angle));
    for (uword k = 0; k < 2; ++k) {
      mat ellipse = arma::solve(triangle(found, k).t(), 2 * circle);
      ellipse.each_col() += found.means.col(k);
      ellipse.each_col() %= arma::stddev(eruptions, 0, 1);
      ellipse.each_col() += arma::mean(eruptions, 1);
      out << "\n\n", ellipse.t().raw_print(out);
    }
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, mixtures); }
