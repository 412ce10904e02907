// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace gradus {

/// Up to a peak in equal parts, then down with the root of the step.
///
///     peak min(t / warmup, sqrt(warmup / t))
///
/// Source  Vaswani et al. (2017).
struct InverseRoot {
  double peak = 1;
  std::int64_t warmup = 1;  ///< at least 1

  double operator()(std::int64_t step) const {
    const double x = static_cast<double>(step) / static_cast<double>(warmup);
    return peak * (x < 1 ? x : 1 / std::sqrt(x));
  }
};

}  // namespace gradus
