// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "function.hpp"
#include "recipes.hpp"

namespace classic {

inline constexpr std::int64_t path_steps = 200;
inline constexpr double path_left = 0.001;  ///< share of the value's distance at the start that may be left
inline constexpr std::array rate_times{0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0};

/// A way over a landscape and what is left of the value's distance to the minimum at its end, as a share of the
/// start's; infinite where the way leaves the frame.
struct Way {
  std::vector<Vector> points;
  double rate = 0;
  double left = 0;
};

inline bool in_frame(const Landscape& landscape, const Vector& at) {
  return landscape.left <= at[0] && at[0] <= landscape.right && landscape.low <= at[1] && at[1] <= landscape.high;
}

inline Way way(const Recipe& recipe, const Landscape& landscape, double times) {
  const Function& function = landscape.function;
  Way result;
  result.rate = recipe.rate * times;
  Vector at = function.start;
  bool inside = true;
  const auto note = [&](const gradus::Progress&) {
    inside = inside && in_frame(landscape, at);
    result.points.push_back(at);
    return false;
  };
  const auto end = recipe.minimize(function.objective, at, {.steps = path_steps, .callback = note}, times);
  result.left = inside ? (end.value - function.least) / (value(function, function.start) - function.least)
                       : std::numeric_limits<double>::infinity();
  return result;
}

/// The way of the lowest rate that arrives; if none does, the one that comes closest.
inline Way best_way(const Recipe& recipe, const Landscape& landscape) {
  if (recipe.rate == 0) return way(recipe, landscape, 1);
  Way best = way(recipe, landscape, rate_times.front());
  for (const double times : rate_times) {
    if (best.left <= path_left) break;
    if (Way other = way(recipe, landscape, times); other.left < best.left) best = std::move(other);
  }
  return best;
}

}  // namespace classic
