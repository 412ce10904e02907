// refused: a type of the Storage does not hold numbers
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <vector>

struct Half {
  unsigned short bits = 0;
  Half() = default;
  explicit Half(float) {}
#ifdef TWIN
  explicit operator float() const { return 0; }
#endif
};

auto state_of(const std::vector<float>& theta) {
  const gradus::Optimizer optimizer{gradus::Momentum{}, gradus::LearningRate{}};
  return optimizer.init(theta, gradus::Storage<Half>{});
}
