// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/non_finite.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/refuse.hpp>

namespace gradus {

/// Refuses a step whose incoming gradient holds a NaN or an infinity, wherever the policy stands: nothing changes.
///
/// Slots   none.
/// Order   anywhere: it looks at the incoming gradient.
/// Cost    a read-only pass over the gradient, shared with `ClipNorm`'s where there is one. Works under -ffast-math.
/// Errors  `Refused`, naming the first such element.
/// Source  `error_if_nonfinite` of `torch.nn.utils.clip_grad_norm_`.
struct RefuseNonFinite {
  static constexpr bool guards = true;
  static constexpr bool once = true;

  static void found(const NonFinite& what) {
    refuse({"the gradient of ", what.leaf, " is ", what.value, " at element ", what.index,
            "; make it finite, or use SkipNonFinite to leave such steps out"});
  }
};

}  // namespace gradus
