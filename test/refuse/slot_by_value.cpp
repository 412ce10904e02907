// refused: does not write one of its slots, which stays 0; take it by reference, Lane&
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Mean {
  static constexpr gradus::Slot slots[]{{"mean"}};
#ifdef TWIN
  static constexpr void apply(gradus::Record& r, gradus::Lane& mean) { r.update = mean = 0.5 * (mean + r.update); }
#else
  static constexpr void apply(gradus::Record& r, gradus::Lane mean) { r.update = mean = 0.5 * (mean + r.update); }
#endif
};

gradus::Optimizer optimizer{Mean{}, gradus::LearningRate{}};
