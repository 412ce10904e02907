// SPDX-License-Identifier: MIT
#pragma once

#include <armadillo>

#include <cmath>
#include <random>

namespace use {

inline arma::mat normals(std::mt19937_64& random, arma::uword rows, arma::uword columns) {
  std::normal_distribution<double> normal;
  return arma::mat(rows, columns).imbue([&] { return normal(random); });
}

/// A net with two hidden layers: a plain struct of tensors, and so a set of parameters.
struct Net {
  arma::mat first, second, third;
  arma::vec first_bias, second_bias, third_bias;
};

inline Net make_net(std::mt19937_64& random, arma::uword in, arma::uword width, arma::uword out) {
  const auto draw = [&](arma::uword to, arma::uword from) {
    return arma::mat(normals(random, to, from) * std::sqrt(2 / static_cast<double>(from)));
  };
  return {draw(width, in), draw(width, width), draw(out, width), arma::vec(width), arma::vec(width), arma::vec(out)};
}

/// Some points, each a column, and what the layers made of them.
struct Trace {
  arma::mat in, one, two, out;
};

/// Leaves a fifth of what is below 0; the slope follows from the returned value.
inline arma::mat bend(const arma::mat& x) { return arma::max(x, 0.2 * x); }
inline arma::mat slope_of_bend(const arma::mat& y) { return 0.6 + 0.4 * arma::sign(y); }

inline Trace forward(const Net& net, const arma::mat& points) {
  const auto layer = [](const arma::mat& weights, const arma::vec& bias, const arma::mat& in) {
    const arma::mat sums = weights * in;
    return arma::mat(sums.each_col() + bias);
  };
  Trace trace{points, {}, {}, {}};
  trace.one = bend(layer(net.first, net.first_bias, trace.in));
  trace.two = bend(layer(net.second, net.second_bias, trace.one));
  trace.out = layer(net.third, net.third_bias, trace.two);
  return trace;
}

/// The gradient of a number in the parameters, and in the input.
struct Slopes {
  Net gradient;
  arma::mat in;
};

/// These, from the gradient in the output.
inline Slopes backward(const Net& net, const Trace& trace, const arma::mat& out) {
  const arma::mat two = (net.third.t() * out) % slope_of_bend(trace.two);
  const arma::mat one = (net.second.t() * two) % slope_of_bend(trace.one);
  return {{one * trace.in.t(), two * trace.one.t(), out * trace.two.t(), arma::sum(one, 1), arma::sum(two, 1),
           arma::sum(out, 1)},
          net.first.t() * one};
}

/// The mean logarithm of the chance that each has its sign, 1 or -1, and its slope in the logits.
struct Likelihood {
  double value;
  arma::mat slope;

  Likelihood(const arma::mat& logits, const arma::mat& signs) {
    const arma::mat right = signs % logits;
    const auto count = static_cast<double>(signs.n_elem);
    value = -arma::accu(arma::log1p(arma::exp(-right))) / count;
    slope = signs / (1 + arma::exp(right)) / count;
  }
};

}  // namespace use
