// refused: the text of this policy does not run while compiling
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Twice {
#ifdef TWIN
  static constexpr void apply(gradus::Record& r) { r.update = 2 * r.update; }
#else
  static void apply(gradus::Record& r) { r.update = 2 * r.update; }
#endif
};

const gradus::Optimizer some{Twice{}, gradus::LearningRate{}};
