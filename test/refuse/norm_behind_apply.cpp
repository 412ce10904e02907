// refused: this policy acts behind p + u alone, where norms and emitted sums are not taken; ask for sums and terms
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Behind {
  static constexpr gradus::Name scalars[]{"norm"};
#ifdef TWIN
  static constexpr gradus::Name sums[]{"p^2"};
  static constexpr std::array<gradus::Term, 1> terms(const gradus::Record& r) { return {{{r.parameter, r.parameter}}}; }
  constexpr std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
#else
  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> at(const gradus::Step&, const gradus::Norm& norm) const { return {norm.value()}; }
#endif
  static constexpr void after(gradus::Record& r, gradus::Lane norm) { r.parameter = r.parameter * norm; }
};

void climb(std::vector<double>& theta) {
  const gradus::Optimizer<Behind> optimizer;
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, theta, state);
}
