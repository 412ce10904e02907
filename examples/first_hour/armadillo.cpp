// SPDX-License-Identifier: MIT
// Takes a noisy signal apart by lasso over orthonormal cosines, where the answer is a soft threshold in closed form.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <armadillo>

#include <cmath>
#include <cstdio>
#include <iostream>

int main() {
  constexpr int n = 64;
  const arma::vec time = arma::linspace(0.5, n - 0.5, n), waves = arma::linspace(0, n - 1, n);
  arma::mat cosines = std::sqrt(2.0 / n) * arma::cos(arma::datum::pi / n * time * waves.t());
  cosines.col(0) *= std::sqrt(0.5);
  const arma::vec signal = 3 * cosines.col(5) - 2 * cosines.col(11) + 0.1 * arma::randn(n);

  const auto misfit = [&](const arma::vec& weights, arma::vec& gradient) {
    const arma::vec residual = cosines * weights - signal;
    gradient = cosines.t() * residual;
    return arma::dot(residual, residual) / 2;
  };
  arma::vec weights(n, arma::fill::zeros);
  std::cout << gradus::check_gradient(misfit, weights) << "\n";

  const gradus::Optimizer lasso{gradus::LearningRate{.rate = 0.5}, gradus::SoftThreshold{.l1 = 0.4}};
  auto state = lasso.init(weights);
  gradus::minimize(misfit, weights, lasso, state, {.steps = 100});

  const arma::vec plain = cosines.t() * signal, smaller = arma::abs(plain) - lasso.get<gradus::SoftThreshold>().l1;
  const arma::vec exact = arma::sign(plain) % arma::clamp(smaller, 0, arma::datum::inf);
  for (const arma::uword i : arma::uvec(arma::find(weights)))
    std::printf("wave %2d: %.12f, exact %.12f\n", static_cast<int>(i), weights(i), exact(i));
  return arma::norm(weights - exact, "inf") < 1e-12 ? 0 : 1;
}
