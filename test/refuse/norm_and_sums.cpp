// refused: asks for a norm and for sums, and is told but one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>

struct Both {
  static constexpr gradus::Name sums[]{"u^2"};
  static constexpr gradus::Name scalars[]{"factor"};
#ifndef TWIN
  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> at(const gradus::Step&, const gradus::Norm& norm) const { return {norm.value()}; }
#endif
  constexpr std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
  static constexpr std::array<gradus::Term, 1> terms(const gradus::Record& r) { return {{{r.update, r.update}}}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane factor) { r.update *= factor; }
};

gradus::Optimizer optimizer{Both{}, gradus::LearningRate{}};
