// refused: what this policy writes is not read; write r.update, also where it says Writes::received
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Double {
  static constexpr gradus::Writes writes = gradus::Writes::received;
#ifdef TWIN
  static constexpr void apply(gradus::Record& r) { r.update = r.update + r.update; }
#else
  static constexpr void apply(gradus::Record& r) { r.gradient = r.gradient + r.gradient; }
#endif
};

gradus::Optimizer optimizer{Double{}, gradus::Momentum{}, gradus::LearningRate{}};
