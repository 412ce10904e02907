// SPDX-License-Identifier: MIT
// Fits a Poisson regression of events on two treatments, whose maximum is the logarithms of ratios of observed rates.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <vector>

struct Rates {
  double control;  // all logarithms
  std::vector<double> effects;
};

const double patients[]{40, 50, 20}, events[]{30, 25, 36};  // of the control group, then of those treated

double likelihood(const Rates& at, Rates& gradient) {
  double sum = gradient.control = 0;
  for (std::size_t group = 0; group < 3; ++group) {
    const double rate = at.control + (group > 0 ? at.effects[group - 1] : 0);
    const double expected = patients[group] * std::exp(rate), surplus = events[group] - expected;
    sum += events[group] * rate - expected;
    gradient.control += surplus;
    if (group > 0) gradient.effects[group - 1] = surplus;
  }
  return sum;
}

int main() {
  Rates rates{.control = 0, .effects = {0, 0}};
  std::cout << gradus::check_gradient(likelihood, rates) << "\n";
  const gradus::DriveOptions options{.steps = 5000, .gradient_norm = 1e-9};
  std::cout << gradus::maximize(likelihood, rates, gradus::recipe::adam({.lr = 0.05}), options) << "\n";

  const double fit[]{rates.control, rates.effects[0], rates.effects[1]};
  const double exact[]{std::log(0.75), std::log(0.5 / 0.75), std::log(1.8 / 0.75)};
  for (int i = 0; i < 3; ++i) std::printf("%.12f, exact %.12f\n", fit[i], exact[i]);
  return std::hypot(fit[0] - exact[0], fit[1] - exact[1], fit[2] - exact[2]) < 1e-9 ? 0 : 1;
}
