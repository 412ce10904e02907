// SPDX-License-Identifier: MIT
// A hidden Markov model of the Nile's yearly flow, by gradient ascent of the likelihood: three states, each with its
// normal distribution. Baum-Welch climbs the same hill from the same start.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <cmath>
#include <ostream>
#include <string>

#include "use.hpp"

namespace {

using arma::mat, arma::rowvec, arma::uword, arma::vec;

// Nothing is constrained: the softmax of the initial chances, and of each column of the transitions, are probabilities.
struct Model {
  vec initial, means, log_deviations;
  mat transition;  // from the state of a column to that of a row
};

mat softmax(const mat& logits) { return arma::normalise(arma::exp(logits), 1); }

// The flow has a column for each year and identical rows for the states. Returns how many deviations from the means.
mat standardised(const mat& flow, const Model& at) {
  return arma::diagmat(arma::exp(-at.log_deviations)) * (flow.each_col() - at.means);
}

struct Expectation {
  mat states, moves;  // the chance of a state in a year; how often one followed another
  double log_likelihood;
};

// Forward: the chance of a state given the years so far. Backward: how much likelier the years to come make it.
Expectation expectation(const mat& flow, const Model& at) {
  const mat transition = softmax(at.transition);
  const mat density = arma::diagmat(arma::exp(-at.log_deviations)) * arma::normpdf(standardised(flow, at));
  mat states = density, moves(arma::size(transition));
  vec scale(flow.n_cols), later(flow.n_rows, arma::fill::ones);
  for (uword t = 0; t < flow.n_cols; ++t) {
    states.col(t) %= t == 0 ? softmax(at.initial) : mat(transition * states.col(t - 1));
    states.col(t) /= scale(t) = arma::accu(states.col(t));
  }
  for (uword t = flow.n_cols - 1; t > 0; --t) {
    later %= density.col(t) / scale(t);
    moves += transition % (later * states.col(t - 1).t());
    later = transition.t() * later;
    states.col(t - 1) %= later;
  }
  return {states, moves, arma::accu(arma::log(scale))};
}

// Fisher's identity: the gradient is the expected counts less what the model predicts.
Model ascend(const mat& flow, Model at) {
  const auto log_likelihood = [&](const Model& here, Model& gradient) {
    const auto [states, moves, value] = expectation(flow, here);
    const mat z = standardised(flow, here), foreseen = softmax(here.transition) * arma::diagmat(arma::sum(moves));
    gradient = {states.col(0) - softmax(here.initial), arma::sum(states % z, 1) % arma::exp(-here.log_deviations),
                arma::sum(states % (z % z - 1), 1), moves - foreseen};
    return value;
  };
  const gradus::Optimizer adam{gradus::CorrectedMomentum{}, gradus::CorrectedAdaptive{.beta = 0.9},
                               gradus::LearningRate{0.03}, gradus::Decay{std::pow(0.01, 1.0 / 3000)}};
  gradus::maximize(log_likelihood, at, adam, {.steps = 3000});
  return at;
}

Model baum_welch(const mat& flow, Model at) {
  for (int i = 0; i < 1000; ++i) {
    const auto [states, moves, value] = expectation(flow, at);
    const vec years = arma::sum(states, 1), means = arma::sum(states % flow, 1) / years;
    const vec variances = arma::sum(states % arma::square(flow.each_col() - means), 1) / years;
    at = {arma::log(states.col(0)), means, arma::log(variances) / 2, arma::log(moves)};
  }
  return at;
}

void learn(use::Report& report, const std::string& folder) {
  const auto rows = use::read("nile.csv");
  rowvec nile(rows.size());
  for (uword t = 0; t < rows.size(); ++t) nile(t) = rows[t][1];
  const mat flow = arma::repmat((nile - arma::mean(nile)) / arma::stddev(nile), 3, 1);
  // The states lie low, in the middle and high, and tend to stay.
  const Model start{arma::zeros(3), {-0.8, 0, 0.8}, {-0.5, -0.5, -0.5}, arma::eye(3, 3)};
  const Model found = ascend(flow, start), truth = baum_welch(flow, start);
  const auto years = expectation(flow, found), by_truth = expectation(flow, truth);
  report.compare("log-likelihood", years.log_likelihood, by_truth.log_likelihood, 1e-5);
  for (uword i = 0; i < 3; ++i) report.compare("mean of a state", found.means(i), truth.means(i), 1e-3);
  use::draw("gaussian_hmm", folder, [&](std::ostream& out) {
    const vec means = arma::mean(nile) + arma::stddev(nile) * found.means;
    for (uword t = 0; t < rows.size(); ++t)
      out << rows[t][0] << " " << nile(t) << " " << means(years.states.col(t).index_max()) << "\n";
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, learn); }
