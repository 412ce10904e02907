// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Estimates the gradient's square by a running average, for a divisor behind it.
///
///     s <- beta s + (1 - beta) g^2
///     square <- s
///
/// s measures the gradient g, wherever the policy stands, without bias correction. `Adaptive` is this, started at 0,
/// and `DivideByRoot` in one.
///
/// Slots   second, `initial` at first.
/// Order   in front of `DivideByRoot` or another divisor; without one it does not compile.
/// Cost    reads and writes one slot.
/// Errors  `Refused` unless beta lies in [0, 1) and initial is finite and at least 0.
/// Source  Tieleman and Hinton (2012), RMSProp.
struct MeanSquare {
  double beta = 0.999;  ///< share of the second moment that a step keeps, in [0, 1)
  double initial = 0;   ///< where s starts

  static constexpr auto limits = Limits{Limit{"beta", &MeanSquare::beta, Range::unit},
                                        Limit{"initial", &MeanSquare::initial, Range::not_negative}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta"};

  constexpr std::array<double, 1> first() const { return {initial}; }

  constexpr std::array<double, 2> at(const Step&) const { return {beta, 1 - beta}; }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain) {
    r.square = second = beta * second + gain * r.gradient * r.gradient;
  }
};

/// `MeanSquare` with its bias corrected.
///
///     s <- beta s + (1 - beta) g^2
///     square <- s / (1 - beta^t)
///
/// Slots   second, 0 at first. Order and cost as `MeanSquare`. t counts the leaf's steps.
/// `CorrectedAdaptive` is this and `DivideByRoot` in one.
/// Errors  `Refused` unless beta lies in [0, 1).
/// Source  Kingma and Ba (2015).
struct CorrectedMeanSquare {
  double beta = 0.999;

  static constexpr auto limits = Limits{Limit{"beta", &CorrectedMeanSquare::beta, Range::unit}};
  static constexpr bool estimates = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "1 / (1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 3> at(const Step& step) const { return {beta, 1 - beta, 1 / (1 - step.now[0])}; }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane correction) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.square = second * correction;
  }
};

}  // namespace gradus
