// SPDX-License-Identifier: MIT
// Least squares over matrices of Eigen: an expression is the gradient, a block is a parameter.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/eigen.hpp>

#include <Eigen/QR>

#include <iostream>

int main() {
  // [fit]
  const Eigen::MatrixXd x{{1, 0, 2}, {1, 1, 0}, {1, 2, 1}, {1, 3, 3}, {1, 4, 1}};
  const Eigen::VectorXd y{{1, 3, 2, 4, 6}};
  Eigen::MatrixXd fits = Eigen::MatrixXd::Zero(3, 2);  // a column for each of two fits

  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.9}, gradus::LearningRate{.rate = 0.01}};
  auto state = optimizer.init(fits.col(1));
  for (int i = 0; i < 2000; ++i)
    optimizer.descend(fits.col(1), x.transpose() * (x * fits.col(1) - y), state);  // in place
  // [fit]

  const Eigen::VectorXd exact = x.householderQr().solve(y);
  std::cout << "fitted: " << fits.col(1).transpose() << "\nexact:  " << exact.transpose() << "\n";
  return (fits.col(1) - exact).norm() < 1e-9 && fits.col(0).isZero(0) ? 0 : 1;
}
