// refused: this policy gathers and does not say how; give it gather(
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

#include <array>

struct Every2 {
  static constexpr gradus::Slot slots[]{{"sum"}};
  static constexpr gradus::Name kept[]{"gathered"};
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const gradus::Step&) const { return {0}; }
  constexpr bool gathers(double gathered) const { return gathered < 1; }
#ifdef TWIN
  static constexpr void gather(gradus::Record& r, gradus::Lane& sum) { sum += r.gradient; }
#endif
  static constexpr bool per_run = true;
  static constexpr void apply(gradus::Record& r, gradus::Lane& sum) { r.update += sum, sum = 0; }
};

gradus::Optimizer optimizer{Every2{}, gradus::LearningRate{}};
