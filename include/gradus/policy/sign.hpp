// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Leaves only the sign of the update.
///
///     u <- sign(u)        -1 or 1; zeros and NaN stay
///
/// Slots   none.
/// Order   behind a momentum, Signum; alone, the sign of the gradient. In front of rates and schedules; anything else
///         does not compile.
/// Cost    two comparisons.
/// Errors  none.
/// Source  Bernstein et al. (2018), signSGD; `optax.scale_by_sign`.
struct Sign {
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;

  static constexpr void apply(Record& r) { r.update = sign(r.update); }

  template <class... Before>
  static constexpr bool divided(Policies<Before...>) {
    bool last = false;
    ((last = TextPolicy<Before> ? divides_of<Before> : last), ...);
    return last;
  }
  template <class Before>
  static constexpr bool place() {
    constexpr bool needed = !divided(Before{});
    static_assert(
        needed, "gradus: a divisor stands directly before Sign, which takes all sizes away again; remove one of them");
    return needed;
  }
};

}  // namespace gradus
