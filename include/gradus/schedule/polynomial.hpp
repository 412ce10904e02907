// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>

namespace gradus {

/// From one value to another, linearly.
///
///     from + (to - from) x,   x = (t - 1 - begin) / steps, held in [0, 1]
///
/// Errors  `Refused`, in the step that asks, unless steps and begin are at least 0.
/// Source  `optax.linear_schedule`; `torch.optim.lr_scheduler.LinearLR` with the rate multiplied in.
struct Linear {
  double from = 0;
  double to = 1;
  std::int64_t steps = 1;  ///< 0: `to` from the beginning
  std::int64_t begin = 0;  ///< steps before it sets out

  static constexpr auto limits =
      Limits{Limit{"steps", &Linear::steps, Range::not_negative}, Limit{"begin", &Linear::begin, Range::not_negative}};

  constexpr double operator()(std::int64_t step) const {
    check_schedule(*this);
    const double x = progress(step, begin, steps);
    return between(from, to, x);
  }
};

/// From one value to another along a power.
///
///     to + (from - to) (1 - x)^power,   x as in `Linear`
///
/// Errors  `Refused`, in the step that asks, unless steps and begin are at least 0.
/// Source  `optax.polynomial_schedule`; `torch.optim.lr_scheduler.PolynomialLR` with `to` 0.
struct Polynomial {
  double from = 1;
  double to = 0;
  std::int64_t steps = 1;
  double power = 1;
  std::int64_t begin = 0;

  static constexpr auto limits = Limits{Limit{"steps", &Polynomial::steps, Range::not_negative},
                                        Limit{"begin", &Polynomial::begin, Range::not_negative}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    return between(to, from, std::pow(1 - progress(step, begin, steps), power));
  }
};

}  // namespace gradus
