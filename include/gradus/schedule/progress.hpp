// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/limit.hpp>
#include <gradus/core/opaque.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

namespace gradus {

/// Refuses a schedule with a number outside its range, naming it.
template <class S>
constexpr void check_schedule(const S& schedule) {
  if (!within_limits<double>(schedule)) check_limits<double>(schedule);
}

/// The share of `steps` steps that is done before a step, counted from 1; they begin after `begin` others.
constexpr double progress(std::int64_t step, std::int64_t begin, std::int64_t steps) {
  if (step > begin && step - begin > steps) return 1;
  if (step - 1 <= begin) return steps == 0 ? 1 : 0;
  return static_cast<double>(step - 1 - begin) / static_cast<double>(steps);
}

/// The value at the share x of the way, exact at both ends.
constexpr double between(double from, double to, double x) {
  const double near = (1 - x) * from, far = x * to;
  return opaque(near) + opaque(far);  // rounded alike with and without multiply-adds
}

/// Half a wave: 0 at x = 0, 1 at x = 1, 0 again at 2.
inline double half_wave(double x) { return (1 - std::cos(std::numbers::pi * x)) / 2; }

}  // namespace gradus
