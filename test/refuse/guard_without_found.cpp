// refused: guards or observes and does not say what follows; give it found(
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Alarm {
  static constexpr bool guards = true;
#ifdef TWIN
  void found(const gradus::NonFinite&) const {}
#endif
};

gradus::Optimizer optimizer{Alarm{}, gradus::LearningRate{}};
