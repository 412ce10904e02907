// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

#include "function.hpp"
#include "recipes.hpp"

namespace classic {

inline constexpr std::int64_t budget = 200'000;  ///< steps
inline constexpr double closeness = 1e-4;        ///< share of the value's distance at the start that may be left
inline constexpr std::int64_t stay = 100;        ///< steps for which it must remain so close

/// Whether a recipe came to a minimum, where it ended, and why it stopped.
struct Arrival {
  bool reached = false;
  std::int64_t steps = 0;  ///< until the first of those that stayed close
  gradus::DriveResult end{};
};

/// Minimizes by a recipe's defaults until it stays close to the least value.
inline Arrival arrival(const Recipe& recipe, const Function& function) {
  const double allowed = closeness * (value(function, function.start) - function.least);
  std::int64_t close = 0;
  const auto arrived = [&](const gradus::Progress& here) {
    close = std::abs(here.value - function.least) <= allowed ? close + 1 : 0;
    return close > stay;
  };
  Vector at = function.start;
  const auto end = recipe.minimize(function.objective, at, {.steps = budget, .callback = arrived}, 1);
  return {end.reason == gradus::Stop::callback, end.steps - stay, end};
}

}  // namespace classic
