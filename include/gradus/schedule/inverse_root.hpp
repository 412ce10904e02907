// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>

namespace gradus {

/// Linearly up to a peak, then down with the inverse root of the step.
///
///     peak min(t / warmup, sqrt(warmup / t))
///
/// Errors  `Refused`, in the step that asks, unless warmup is at least 1.
/// Source  Vaswani et al. (2017).
struct InverseRoot {
  double peak = 1;
  std::int64_t warmup = 1;  ///< at least 1

  static constexpr auto limits = Limits{Limit{"warmup", &InverseRoot::warmup, Range::from_one}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const double x = static_cast<double>(step) / static_cast<double>(warmup);
    return peak * (x < 1 ? x : 1 / std::sqrt(x));
  }
};

}  // namespace gradus
