// SPDX-License-Identifier: MIT
// Parameters that are a view, and gradients that are expressions: nothing is copied, nothing else is touched.
#include <gradus/gradus.hpp>

#include <iostream>

int main() {
  // [views]
  xt::xarray<double> table{{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}};
  const xt::xarray<double> target{{0.0, 1.0, 0.0}, {1.0, 0.0, 1.0}};
  const gradus::Optimizer optimizer{gradus::Momentum{.factor = 0.5}, gradus::LearningRate{.rate = 0.2}};

  auto whole = optimizer.init(table);
  for (int i = 0; i < 100; ++i) optimizer.descend(table, table - target, whole);  // evaluated inside the pass

  auto column = optimizer.init(xt::view(table, xt::all(), 1));
  for (int i = 0; i < 100; ++i)
    optimizer.descend(xt::view(table, xt::all(), 1), xt::view(table, xt::all(), 1) - 7.0, column);  // in place
  // [views]

  for (const double x : table) std::cout << x << " ";
  std::cout << "\n";
  const xt::xarray<double> expected{{0.0, 7.0, 0.0}, {1.0, 7.0, 1.0}};
  return xt::allclose(table, expected) ? 0 : 1;
}
