// SPDX-License-Identifier: MIT
// Finds the slowest vibration of a chain of n masses and n + 1 springs, of frequency 2 sin(pi / (2 (n + 1))).
#include <gradus/optimizer.hpp>
#include <gradus/tensor/eigen.hpp>

#include <Eigen/Dense>

#include <cmath>
#include <cstdio>
#include <numbers>

int main() {
  constexpr int n = 20;
  Eigen::MatrixXd stiffness = 2 * Eigen::MatrixXd::Identity(n, n);
  stiffness.diagonal(1).setConstant(-1);
  stiffness.diagonal(-1).setConstant(-1);

  const gradus::Optimizer optimizer{gradus::Tangent{}, gradus::Momentum{.factor = 0.8},
                                    gradus::LearningRate{.rate = 0.3}, gradus::Sphere{}};
  Eigen::VectorXd mode = Eigen::VectorXd::Constant(n, std::sqrt(1.0 / n));
  auto state = optimizer.init(mode);
  for (int i = 0; i < 1000; ++i) optimizer.descend(mode, stiffness * mode, state);

  const double frequency = std::sqrt(mode.dot(stiffness * mode));
  const double exact = 2 * std::sin(std::numbers::pi / (2 * (n + 1)));
  std::printf("frequency %.15f, exact %.15f\n", frequency, exact);
  return std::abs(frequency - exact) < 1e-12 ? 0 : 1;
}
