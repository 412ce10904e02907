// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Leaves the sign of the update.
///
///     u <- sign(u)        0 for 0 and NaN
///
/// Slots   none.
/// Order   behind a momentum it is Signum, alone the sign of the gradient. In front of rates and schedules; anything
///         else does not compile.
/// Cost    two comparisons.
/// Source  Bernstein et al. (2018), signSGD; `optax.scale_by_sign`.
struct Sign {
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;

  static constexpr void apply(Record& r) { r.update = sign(r.update); }
};

}  // namespace gradus
