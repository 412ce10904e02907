// SPDX-License-Identifier: MIT
// Mixtures of normal distributions with full covariances, by gradient ascent of the likelihood: two for the eruptions of
// Old Faithful, three for irises. Expectation-maximization climbs from the same twenty starts.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <cstddef>
#include <iostream>
#include <numbers>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using arma::cube, arma::mat, arma::uword, arma::vec;

// Nothing is constrained. The weights are the softmax of the logits; a factor is the lower triangle L of a precision
// L L', with the logarithms of its diagonal.
struct Mixture {
  vec logits;
  mat means;     // a column for each component
  cube factors;  // a slice for each
};

vec weights(const Mixture& mixture) {
  const vec raised = arma::exp(mixture.logits - mixture.logits.max());
  return raised / arma::accu(raised);
}

mat factor(const Mixture& mixture, uword k) {
  mat l = mixture.factors.slice(k);
  l.diag() = arma::exp(l.diag());
  return l;
}

struct Posterior {
  mat shares;  // how much a point (row) belongs to a component (column)
  double log_likelihood;
};

Posterior posterior(const Mixture& mixture, const mat& points) {
  mat logs(points.n_cols, mixture.logits.n_elem);
  const vec log_weights = arma::log(weights(mixture));
  for (uword k = 0; k < logs.n_cols; ++k) {
    const mat z = factor(mixture, k).t() * (points.each_col() - mixture.means.col(k));
    logs.col(k) = log_weights(k) + arma::trace(mixture.factors.slice(k)) - arma::sum(arma::square(z)).t() / 2;
  }
  const vec top = arma::max(logs, 1);
  const mat raised = arma::exp(logs.each_col() - top);
  const vec sums = arma::sum(raised, 1);
  const double constant = std::log(2 * std::numbers::pi) / 2 * static_cast<double>(points.n_elem);
  return {raised.each_col() / sums, arma::accu(top + arma::log(sums)) - constant};
}

double likelihood(const mat& points, const Mixture& at, Mixture& gradient) {
  const auto [shares, value] = posterior(at, points);
  gradient.logits = arma::sum(shares).t() - static_cast<double>(points.n_cols) * weights(at);
  for (uword k = 0; k < at.logits.n_elem; ++k) {
    const mat l = factor(at, k), apart = points.each_col() - at.means.col(k);
    const mat z = l.t() * apart;
    gradient.means.col(k) = l * z * shares.col(k);
    mat slope = -arma::trimatl(apart * arma::diagmat(shares.col(k)) * z.t());
    slope.diag() = slope.diag() % l.diag() + arma::accu(shares.col(k));
    gradient.factors.slice(k) = slope;
  }
  return value;
}

Mixture maximization(const mat& points, const mat& shares) {
  const uword d = points.n_rows, components = shares.n_cols;
  Mixture mixture{arma::log(arma::sum(shares).t()), mat(d, components), cube(d, d, components)};
  for (uword k = 0; k < components; ++k) {
    const vec share = shares.col(k) / arma::accu(shares.col(k));
    mixture.means.col(k) = points * share;
    const mat apart = points.each_col() - mixture.means.col(k);
    mat l = arma::chol(arma::inv_sympd(apart * arma::diagmat(share) * apart.t()), "lower");
    l.diag() = arma::log(l.diag());
    mixture.factors.slice(k) = l;
  }
  return mixture;
}

Mixture start(const mat& points, uword components, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  mat distances(points.n_cols, components);
  vec nearest = arma::ones(points.n_cols);
  for (uword k = 0; k < components; ++k) {
    std::discrete_distribution<uword> draw(nearest.begin(), nearest.end());
    distances.col(k) = arma::sum(arma::square(points.each_col() - points.col(draw(random)))).t();
    nearest = arma::min(distances.head_cols(k + 1), 1);
  }
  mat shares = arma::exp(-(distances.each_col() - nearest) / 2);
  shares.each_col() /= arma::sum(shares, 1);
  return maximization(points, shares);
}

std::vector<double> em(const mat& points, Mixture& mixture) {
  std::vector<double> curve;
  for (int round = 0; round < 5000; ++round) {
    const Posterior now = posterior(mixture, points);
    curve.push_back(now.log_likelihood);
    if (round && curve[curve.size()-1] - curve[curve.size()-2] < 1e-9) break;
    mixture = maximization(points, now.shares);
  }
  return curve;
}

mat read(const std::string& name, uword columns) {
  const auto rows = use::read(name, columns);
  mat table(columns, rows.size());
  for (uword i = 0; i < rows.size(); ++i) table.col(i) = vec(rows[i]);
  table.each_col() -= arma::mean(table, 1);
  table.each_col() /= arma::stddev(table, 0, 1);
  return table;
}

}  // namespace
#include <chrono>
int main(int argc, char** argv) { return use::run(argc, argv, [&](use::Report&, const std::string& ) {
  const double lr = atof(getenv("LR")); const int steps = atoi(getenv("ST"));
  for (int which : {0, 1}) {
  const mat points = which ? read("iris.csv", 4) : read("old_faithful.csv", 2);
  auto f = [&](const Mixture& at, Mixture& g) { return likelihood(points, at, g); };
  Mixture c = start(points, 2 + which, 1); std::cout << gradus::check_gradient(f, c).str() << "\n";
  for (unsigned seed = 1; seed <= (which ? 60u : 20u); ++seed) {
    Mixture a = start(points, 2 + which, seed), b = a;
    auto t0 = std::chrono::steady_clock::now();
    const auto curve = em(points, b);
    auto t1 = std::chrono::steady_clock::now();
    const gradus::Optimizer o{gradus::CorrectedMomentum{.factor = 0.9}, gradus::CorrectedAdaptive{.beta = 0.99}, gradus::LearningRate{lr}, gradus::Decay{std::pow(0.01, 1.0 / steps)}};
    auto end = gradus::maximize(f, a, o, {.steps = steps});
    auto t2 = std::chrono::steady_clock::now();
    std::printf("%2u EM %.6f (%zu)  ascent %.6f  diff % .2e  |g| %.1e weights %.3f %.3f | max tr %.2f  time %.3f %.3f start %.3f\n", seed, curve.back(), curve.size(), end.value, end.value - curve.back(), end.gradient_norm,
      weights(b).min(), weights(a).min(), [&]{double m=0; for (uword k=0;k<b.logits.n_elem;++k) m=std::max(m, b.factors.slice(k).diag().max()); return m;}(), std::chrono::duration<double>(t1-t0).count(), std::chrono::duration<double>(t2-t1).count(), curve.front());
  }}
}); }
