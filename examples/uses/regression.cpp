// SPDX-License-Identifier: MIT
// Logistic and Poisson regression by gradient ascent of the likelihood: which irises are virginica, and how many
// sit-ups a man does, by his weight, waist and pulse. Newton's method, by second derivatives, has the same answer.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

using arma::mat, arma::vec;

// How y is distributed, given eta = x'beta: with density exp(y eta - a(eta)), up to a factor without eta. The
// derivatives of a are the mean of y and its variance; the link is the inverse of the mean.
struct Family {
  vec (*a)(const vec& eta), (*mean)(const vec& eta), (*variance)(const vec& eta);
  double (*link)(double mean);
};

vec softplus(const vec& eta) { return arma::log1p(arma::exp(-arma::abs(eta))) + (eta + arma::abs(eta)) / 2; }
vec chance(const vec& eta) { return 1 / (1 + arma::exp(-eta)); }
vec spread(const vec& eta) { return chance(eta) % chance(-eta); }
vec exponential(const vec& eta) { return arma::exp(eta); }

constexpr Family bernoulli{softplus, chance, spread, [](double mean) { return std::log(mean / (1 - mean)); }};
constexpr Family poisson{exponential, exponential, exponential, [](double mean) { return std::log(mean); }};

struct Regression {
  Family family;
  mat x;
  vec y;

  double log_likelihood(const vec& beta) const { return arma::dot(y, x * beta) - arma::accu(family.a(x * beta)); }
  vec gradient(const vec& beta) const { return x.t() * (y - family.mean(x * beta)); }
  mat information(const vec& beta) const { return x.t() * arma::diagmat(family.variance(x * beta)) * x; }

  // All 0 except the intercept, which is the first.
  vec start() const { return family.link(arma::mean(y)) * arma::eye(x.n_cols, 1); }
};

// No rate to choose: each step takes it from what the step before did to the gradient. The curve gets every value.
vec ascend(const Regression& model, std::vector<double>& curve) {
  vec beta = model.start();
  const auto objective = gradus::objective([&](const vec& at) { return model.log_likelihood(at); },
                                           [&](const vec& at) { return model.gradient(at); });
  const auto note = [&](const gradus::Progress& at) { return curve.push_back(at.value), false; };
  const gradus::Optimizer optimizer{gradus::BarzilaiBorwein{.first_rate = 1e-4}};
  gradus::maximize(objective, beta, optimizer, {.steps = 5000, .gradient_norm = 1e-9, .callback = note});
  return beta;
}

vec newton(const Regression& model) {
  vec beta = model.start();
  for (int i = 0; i < 30; ++i) beta += arma::solve(model.information(beta), model.gradient(beta));
  return beta;
}

// Compares both answers, and returns how far below the top the climb was at every point.
vec regress(use::Report& report, const Regression& model, const std::vector<std::string>& names) {
  std::vector<double> curve;
  const vec found = ascend(model, curve), truth = newton(model);
  for (arma::uword i = 0; i < truth.n_elem; ++i) report.compare(names[i], found(i), truth(i), 1e-6);
  return model.log_likelihood(truth) - vec(curve);
}

mat read(const std::string& name, arma::uword columns) {
  const auto rows = use::read(name, columns);
  mat table(rows.size(), columns);
  for (arma::uword i = 0; i < rows.size(); ++i) table.row(i) = arma::rowvec(rows[i]);
  return table;
}

// Ones for the intercept, and the columns with mean 0 and deviation 1.
mat design(mat columns) {
  columns.each_row() -= arma::mean(columns);
  columns.each_row() /= arma::stddev(columns);
  return arma::join_rows(arma::ones(columns.n_rows), columns);
}

void regressions(use::Report& report, const std::string& folder) {
  const mat iris = read("iris.csv", 4), men = read("linnerud.csv", 5);
  const vec virginica = arma::join_cols(arma::zeros(100), arma::ones(50));  // the species lie one after the other
  const vec gaps[]{regress(report, {bernoulli, design(iris), virginica},
                           {"virginica: intercept", "sepal length", "sepal width", "petal length", "petal width"}),
                   regress(report, {poisson, design(men.head_cols(3)), men.col(4)},
                           {"sit-ups: intercept", "weight", "waist", "pulse"})};
  use::draw("regression", folder, [&](std::ostream& out) {
    for (const vec& gap : gaps) gap.raw_print(out), out << "\n\n";
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, regressions); }
