// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// The proximal step of an L1 penalty and, beside it, a squared one: gives exact zeros.
///
///     p <- sign(p) max(abs(p) - rate l1, 0) / (1 + rate l2)       behind p + u; rate: the one in force
///
/// Slots   none.
/// Order   anywhere but behind a `Sphere` or `Simplex`; it acts behind apply, in the order written. The penalty has its
///         stated weight where a step is the rate times a gradient or an average of gradients; a `Momentum` that sums,
///         or a divisor, makes steps longer than the rate says, and the penalty weaker beside them.
/// Cost    arithmetic inside the pass.
/// Errors  `Refused` unless both are finite and at least 0.
/// Source  Daubechies, Defrise and De Mol (2004); Zou and Hastie (2005), the elastic net.
struct SoftThreshold {
  double l1 = 0.01;
  double l2 = 0;

  static constexpr auto limits = Limits{Limit{"l1", &SoftThreshold::l1, Range::not_negative},
                                        Limit{"l2", &SoftThreshold::l2, Range::not_negative}};
  static constexpr Name scalars[]{"rate l1", "1 / (1 + rate l2)"};

  constexpr std::array<double, 2> at(const Step& step) const {
    return {step.rate * l1, 1 / (1 + opaque(step.rate * l2))};
  }

  static constexpr void after(Record& r, Lane threshold, Lane shrink) {
    r.parameter = (max(r.parameter - threshold, 0.0) + min(r.parameter + threshold, 0.0)) * shrink;
  }
};

}  // namespace gradus
