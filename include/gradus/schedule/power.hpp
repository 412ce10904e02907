// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace gradus {

/// A power of time.
///
///     factor max(1, t - begin)^exponent
struct Power {
  double factor = 1;
  double exponent = 1;
  std::int64_t begin = 0;

  double operator()(std::int64_t step) const {
    return factor * (step - 1 > begin ? std::pow(static_cast<double>(step - begin), exponent) : 1);
  }
};

}  // namespace gradus
