// refused: this policy leaves sums for its next step and does not keep what follows from them; give it per_run, kept
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Leaving {
#ifdef TWIN
  static constexpr bool per_run = true;
#endif
  static constexpr gradus::Name emits[]{"g^2"};
  static constexpr gradus::Name kept[]{"g^2 before"};
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
  static constexpr void apply(gradus::Record& r) { r.emitted[0] = {r.gradient, r.gradient}; }
};

void climb(std::vector<double>& theta) {
  const gradus::Optimizer<Leaving> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
