// SPDX-License-Identifier: MIT
// A tensor type of your own: five lines introduce it to the library.
#include <gradus/optimizer.hpp>

#include <array>
#include <cmath>
#include <iostream>
#include <vector>

// [matrix]
struct Matrix {
  std::size_t rows, columns;
  std::vector<float> numbers;
};

template <>
struct gradus::tensor_traits<Matrix> {
  using value_type = float;
  static std::array<std::size_t, 2> shape(const Matrix& m) { return {m.rows, m.columns}; }
  static float* data(Matrix& m, gradus::Order order) {
    return order == gradus::Order::row_major ? m.numbers.data() : nullptr;
  }
};
// [matrix]

int main() {
  const auto optimizer = gradus::recipe::adamw({.lr = 0.1, .weight_decay = 0});
  Matrix theta{2, 3, {1, 2, 3, 4, 5, 6}};
  auto state = optimizer.init(theta);
  for (int i = 0; i < 300; ++i) optimizer.descend(theta, theta, state);  // the gradient of |theta|^2 / 2

  float worst = 0;
  for (const float x : theta.numbers) worst = std::max(worst, std::abs(x));
  std::cout << "largest element: " << worst << "\n";

  try {
    optimizer.descend(theta, Matrix{3, 2, {1, 2, 3, 4, 5, 6}}, state);
  } catch (const gradus::Refused& refused) {
    std::cout << refused.what() << "\n";
    return worst < 0.01f ? 0 : 1;
  }
  return 1;
}
