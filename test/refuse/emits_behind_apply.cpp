// refused: this policy acts behind p + u alone, where norms and emitted sums are not taken; ask for sums and terms
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Emitting {
  static constexpr bool per_run = true;
  static constexpr gradus::Name emits[]{"p^2"};
  static constexpr gradus::Name kept[]{"p^2 before"};
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
#ifdef TWIN
  static constexpr void apply(gradus::Record& r) { r.emitted[0] = {r.parameter, r.parameter}; }
#else
  static constexpr void after(gradus::Record& r) { r.emitted[0] = {r.parameter, r.parameter}; }
#endif
};

void climb(std::vector<double>& theta) {
  const gradus::Optimizer<Emitting> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
