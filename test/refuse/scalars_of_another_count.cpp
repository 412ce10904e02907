// refused: this policy's numbers are not as many as their names; let at return a std::array<double, N> with one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>
#include <vector>

// Three numbers for the name of one: they would be written over the next policy's.
struct Bad {
  static constexpr gradus::Name scalars[]{"factor"};
#ifdef TWIN
  constexpr std::array<double, 1> at(const gradus::Step&) const { return {0.5}; }
#else
  constexpr std::array<double, 3> at(const gradus::Step&) const { return {0.5, 1, 2}; }
#endif
  static constexpr void apply(gradus::Record& r, gradus::Lane factor) { r.update = factor * r.update; }
};

int main() {
  std::vector<double> x{1};
  const gradus::Optimizer optimizer{Bad{}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, x, state);
}
