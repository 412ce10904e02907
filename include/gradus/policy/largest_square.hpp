// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Replaces the estimate of the gradient's square by the largest so far, so that the divisor behind it never shrinks.
///
///     m <- max(m, square)
///     square <- m
///
/// Slots   largest, 0 at first.
/// Order   between an estimate and its divisor; anything else does not compile.
/// Cost    reads and writes one slot.
/// Errors  none.
/// Source  Reddi, Kale and Kumar (2018), AMSGrad. Behind `CorrectedMeanSquare` it is optax's form; PyTorch's, the
///         largest of the uncorrected moment, is `LargestAdaptive`.
struct LargestSquare {
  static constexpr bool refines = true;
  static constexpr Slot slots[]{{"largest"}};

  static constexpr void apply(Record& r, Lane& largest) { r.square = largest = max(r.square, largest); }
};

}  // namespace gradus
