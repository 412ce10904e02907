// refused: one Lane& per slot, and one Lane per scalar and drawn number
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>

struct Shrink {
  static constexpr gradus::Name scalars[]{"factor"};
  constexpr std::array<double, 1> at(const gradus::Step&) const { return {0.5}; }
  static constexpr void apply(gradus::Record& r, gradus::Lane factor) { r.update *= factor; }
#ifdef TWIN
  static constexpr void after(gradus::Record& r, gradus::Lane factor) { r.parameter *= factor; }
#else
  static constexpr void after(gradus::Record& r) { r.parameter *= 0.5; }
#endif
};

gradus::Optimizer optimizer{Shrink{}, gradus::LearningRate{}};
