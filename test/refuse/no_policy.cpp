// refused: this is not a policy; a policy has rate_at(step), or apply(
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Halve {
#ifdef TWIN
  static constexpr void apply(gradus::Record& r) { r.update = 0.5 * r.update; }
#endif
  double operator()(double update) const { return update / 2; }
};

gradus::Optimizer optimizer{Halve{}, gradus::LearningRate{}};
