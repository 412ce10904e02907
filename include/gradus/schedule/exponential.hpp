// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>
#include <optional>

namespace gradus {

/// Multiplies a value by the same factor over every `steps` steps.
///
///     from rate^x,   x = (t - 1 - begin) / steps, from 0 on; rounded down if `staircase`
///
/// Errors  `Refused`, in the step that asks, unless rate is finite and at least 0, steps is at least 1 and begin at
///         least 0.
/// Source  `optax.exponential_decay`; `torch.optim.lr_scheduler.ExponentialLR`, and `StepLR` with `staircase`.
struct Exponential {
  double from = 1;
  double rate = 1;         ///< at least 0
  std::int64_t steps = 1;  ///< at least 1
  bool staircase = false;
  std::int64_t begin = 0;         ///< steps before it sets out
  std::optional<double> to = {};  ///< where it ends

  static constexpr auto limits = Limits{Limit{"rate", &Exponential::rate, Range::not_negative},
                                        Limit{"steps", &Exponential::steps, Range::from_one},
                                        Limit{"begin", &Exponential::begin, Range::not_negative}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    if (step - 1 <= begin) return bounded(from);
    const std::int64_t gone = step - 1 - begin;
    const double x =
        staircase ? static_cast<double>(gone / steps) : static_cast<double>(gone) / static_cast<double>(steps);
    return bounded(from * std::pow(rate, x));
  }

 private:
  double bounded(double value) const {
    if (!to) return value;
    return rate < 1 ? std::fmax(value, *to) : std::fmin(value, *to);
  }
};

}  // namespace gradus
