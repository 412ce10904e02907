// refused: this policy's numbers are not as many as their names; let at return a std::array<double, N> with one
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>
#include <vector>

struct Bad {
  static constexpr gradus::Slot slots[]{{"sum"}};
#ifdef TWIN
  constexpr std::array<double, 1> first() const { return {3}; }
#else
  constexpr std::array<double, 2> first() const { return {3, 4}; }
#endif
  static constexpr void apply(gradus::Record& r, gradus::Lane& sum) { r.update = sum = sum + r.update; }
};

int main() {
  std::vector<double> x{1};
  const gradus::Optimizer optimizer{Bad{}};
  auto state = optimizer.init(x);
  optimizer.ascend(x, x, state);
}
