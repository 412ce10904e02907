// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace gradus {

/// A power of time.
///
///     factor max(1, t - begin)^exponent
///
/// Source  the rate sqrt(t) of Hu, Zhang and Li (2017), AdaSqrt; the bound (t - 1)^(1/4) of Taniguchi et al. (2024),
///         ADOPT.
struct Power {
  double factor = 1;
  double exponent = 1;
  std::int64_t begin = 0;

  double operator()(std::int64_t step) const {
    const double gone = static_cast<double>(step) - static_cast<double>(begin);
    return factor * (gone > 1 ? std::pow(gone, exponent) : 1);
  }
};

}  // namespace gradus
