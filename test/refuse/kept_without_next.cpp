// refused: this policy keeps numbers between steps and does not say what they are; give it start() and next(step)
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Count {
  static constexpr gradus::Name kept[]{"count"};
  static constexpr gradus::Name scalars[]{"1 / count"};
  constexpr std::array<double, 1> start() const { return {0}; }
#ifdef TWIN
  constexpr std::array<double, 1> next(const gradus::Step& step) const { return {step.before[0] + 1}; }
#endif
  constexpr std::array<double, 1> at(const gradus::Step& step) const { return {1 / step.now[0]}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane share) { r.update = r.update * share; }
};

void climb(std::vector<double>& theta) {
  const gradus::Optimizer<Count> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
