// refused: apply or after does not take what it is given; let it be static and public, and take Record&
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Halve {
#ifdef TWIN
  static constexpr void apply(gradus::Record& r) { r.update = 0.5 * r.update; }
#else
  static constexpr void apply(gradus::Record r) { r.update = 0.5 * r.update; }
#endif
};

gradus::Optimizer optimizer{Halve{}, gradus::LearningRate{}};
