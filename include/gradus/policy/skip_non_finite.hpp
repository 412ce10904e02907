// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/non_finite.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>

#include <cstdint>

namespace gradus {

/// Skips a step whose incoming gradient holds a NaN or an infinity: parameters and slots, to the byte, and the step
/// count stay as they were, and `State::skipped` counts the step.
///
/// Slots   none.
/// Order   anywhere: it looks at the incoming gradient.
/// Cost    a read-only pass over the gradient, shared with `ClipNorm`'s where there is one. Works under -ffast-math.
/// Errors  `Refused` once more than `most` steps in a row would be skipped, and unless most is at least 0.
/// Source  `optax.apply_if_finite`, which accepts the NaN in the end.
struct SkipNonFinite {
  std::int64_t most = 10;  ///< steps in a row that may be skipped

  static constexpr auto limits = Limits{Limit{"most", &SkipNonFinite::most, Range::not_negative}};
  static constexpr bool guards = true;
  static constexpr bool once = true;

  void found(const NonFinite& what) const {
    if (what.in_a_row > most)
      refuse({"the gradient of ", what.leaf, " is ", what.value, " at element ", what.index, ", and ", most,
              " steps in a row were skipped already; make it finite, or raise SkipNonFinite.most"});
  }
};

}  // namespace gradus
