// refused: the objective is a sum of terms (it has NumFunctions); step by parts of it, gradus::in_batches(objective, size)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using Vector = std::vector<double>;

struct Terms {
  std::size_t NumFunctions() const { return 3; }
  double EvaluateWithGradient(const Vector& x, std::size_t, Vector& gradient, std::size_t) const {
    gradient = x;
    return 0;
  }
};

void climb(Vector& theta, Terms& terms) {
  const gradus::Optimizer optimizer{gradus::Momentum{}};
#ifdef TWIN
  auto batches = gradus::in_batches(terms, 2);
  gradus::minimize(batches, theta, optimizer, {.steps = 3});
#else
  gradus::minimize(terms, theta, optimizer, {.steps = 3});
#endif
}
