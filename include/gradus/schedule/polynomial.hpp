// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>

namespace gradus {

/// From one value to another in equal parts.
///
///     from + (to - from) x,   x = (t - 1 - begin) / steps, held in [0, 1]
///
/// Source  `optax.linear_schedule`; `torch.optim.lr_scheduler.LinearLR` with the rate multiplied in.
struct Linear {
  double from = 0;
  double to = 1;
  std::int64_t steps = 1;  ///< 0: `to` from the beginning
  std::int64_t begin = 0;  ///< steps before it sets out

  constexpr double operator()(std::int64_t step) const {
    const double x = progress(step, begin, steps);
    return between(from, to, x);
  }
};

/// From one value to another along a power.
///
///     to + (from - to) (1 - x)^power,   x as in `Linear`
///
/// Source  `optax.polynomial_schedule`; `torch.optim.lr_scheduler.PolynomialLR` with `to` 0.
struct Polynomial {
  double from = 1;
  double to = 0;
  std::int64_t steps = 1;
  double power = 1;
  std::int64_t begin = 0;

  double operator()(std::int64_t step) const {
    return between(to, from, std::pow(1 - progress(step, begin, steps), power));
  }
};

}  // namespace gradus
