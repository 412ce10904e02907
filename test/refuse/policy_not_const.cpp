// refused: a member function of this policy is not const
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>

struct Filled {
  static constexpr gradus::Slot slots[]{{"mean"}};
#ifdef TWIN
  constexpr std::array<double, 1> first() const { return {5}; }
#else
  std::array<double, 1> first() { return {5}; }
#endif
  static constexpr void apply(gradus::Record& r, gradus::Lane& mean) { r.update = mean = 0.5 * (mean + r.update); }
};

gradus::Optimizer optimizer{Filled{}, gradus::LearningRate{}};
