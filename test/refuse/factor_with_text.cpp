// refused: this policy has rate_at and a text, and only the first would count
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Half {
  constexpr double rate_at(const gradus::Step&) const { return 0.5; }
#ifndef TWIN
  static constexpr void apply(gradus::Record& r) { r.update = -r.update; }
#endif
};

gradus::Optimizer optimizer{Half{}};
