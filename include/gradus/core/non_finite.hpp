// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gradus {

/// What a guard is told when the incoming gradient is not finite, before anything is written. It refuses or returns; if
/// all return, the step is skipped.
struct NonFinite {
  std::string_view leaf;
  std::size_t index = 0;       ///< of the first such element
  double value = 0;            ///< NaN or an infinity
  std::int64_t in_a_row = 1;   ///< steps skipped without one taken between, this one included
};

}  // namespace gradus
