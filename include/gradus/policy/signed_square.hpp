// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the gradient's square by steps up or down in proportion to that square, for a divisor behind it: unlike an
/// average, it forgets a large gradient slowly.
///
///     s <- s - (1 - beta) sign(s - g^2) g^2
///     square <- s / (1 - beta^t)
///
/// Slots   second, `initial` at first. t counts the leaf's steps.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless beta lies in [0, 1) and initial is finite and at least 0.
/// Source  Zaheer et al. (2018), Yogi, corrected as in optax; the paper does not correct, and starts s at the square of
///         the first gradients.
struct SignedSquare {
  double beta = 0.999;    ///< 1 minus the length of a step, in [0, 1)
  double initial = 1e-6;  ///< where s starts

  static constexpr auto limits = Limits{Limit{"beta", &SignedSquare::beta, Range::unit},
                                        Limit{"initial", &SignedSquare::initial, Range::not_negative}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"1 - beta", "1 / (1 - beta^t)"};

  constexpr std::array<double, 1> first() const { return {initial}; }
  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 2> at(const Step& step) const { return {1 - beta, 1 / (1 - step.now[0])}; }

  static constexpr void apply(Record& r, Lane& second, Lane gain, Lane correction) {
    const Lane square = r.gradient * r.gradient;
    second = second - gain * sign(second - square) * square;
    r.square = second * correction;
  }
};

}  // namespace gradus
