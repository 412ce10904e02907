// refused: an objective in batches is another one in every call; check the gradient of the whole sum
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

using Theta = std::vector<double>;

struct Sum {
  std::size_t NumFunctions() const { return 3; }
  double EvaluateWithGradient(const Theta& theta, std::size_t, Theta& gradient, std::size_t) {
    return gradient = theta, theta[0];
  }
  double EvaluateWithGradient(const Theta& theta, Theta& gradient) { return gradient = theta, theta[0]; }
};

bool check(Theta& theta) {
  Sum sum;
#ifdef TWIN
  return gradus::check_gradient(sum, theta).good();
#else
  auto batches = gradus::in_batches(sum, 2);
  return gradus::check_gradient(batches, theta).good();
#endif
}
