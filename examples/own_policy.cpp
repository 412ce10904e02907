// SPDX-License-Identifier: MIT
// A policy of your own, outside the library: Lion, which steps by the sign of an average.
#include <gradus/optimizer.hpp>

#include <cmath>
#include <iostream>
#include <vector>

// [lion]
/// Chen et al. (2023): u <- sign(beta1 m + (1 - beta1) g), m <- beta2 m + (1 - beta2) g.
struct Lion {
  double beta1 = 0.9;
  double beta2 = 0.99;

  static constexpr auto limits = gradus::Limits{gradus::Limit{"beta1", &Lion::beta1, gradus::Range::unit},
                                                gradus::Limit{"beta2", &Lion::beta2, gradus::Range::unit}};
  static constexpr gradus::Slot slots[]{{"average"}};
  static constexpr gradus::Name scalars[]{"beta1", "1 - beta1", "beta2", "1 - beta2"};

  constexpr std::array<double, 4> at(const gradus::Step&) const { return {beta1, 1 - beta1, beta2, 1 - beta2}; }

  static constexpr void apply(gradus::Record& r, gradus::Lane& average, gradus::Lane beta1, gradus::Lane gain1,
                              gradus::Lane beta2, gradus::Lane gain2) {
    r.update = sign(beta1 * average + gain1 * r.gradient);
    average = beta2 * average + gain2 * r.gradient;
  }
};
// [lion]

int main() {
  // [use]
  const gradus::Optimizer optimizer{Lion{}, gradus::WeightDecay{.rate = 0.1}, gradus::LearningRate{.rate = 0.5}};
  std::cout << explain(optimizer);
  // [use]

  std::vector<float> theta(1000, 2.0f);
  const std::vector<float> gradient(1000, -3.0f);
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);

  // By hand: u = sign(-0.3) - 0.1 * 2 = -1.2, of which half is taken; the average is -0.03.
  const float average = state.slot<float>("average")[999];
  std::cout << "theta = " << theta[999] << ", average = " << average << "\n";
  return std::abs(theta[999] - 1.4f) < 1e-6f && std::abs(average + 0.03f) < 1e-6f ? 0 : 1;
}
