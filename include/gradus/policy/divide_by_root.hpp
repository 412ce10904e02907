// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by the root of an estimate of the gradient's square.
///
///     u <- u / (sqrt(square) + epsilon)
///
/// Slots   none.
/// Order   behind an estimate: `MeanSquare`, `SumOfSquares`, `Variance`, ..., and in front of rates and schedules;
///         anything else does not compile.
/// Cost    a square root and a division.
/// Errors  `Refused` unless epsilon is finite and at least 0, and not rounded to 0 by the type.
/// Source  Kingma and Ba (2015): epsilon outside the root, as in PyTorch.
struct DivideByRoot {
  double epsilon = 1e-8;  ///< added to the root

  static constexpr auto limits = Limits{Limit{"epsilon", &DivideByRoot::epsilon, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr bool cancels_scale = true;
  static constexpr Name scalars[]{"epsilon"};

  constexpr std::array<double, 1> at(const Step&) const { return {epsilon}; }

  static constexpr void apply(Record& r, Lane epsilon) { r.update = r.update / (sqrt(r.square) + epsilon); }
};

/// Divides by the root of an estimate of the gradient's square, or by a lower bound, if that is larger.
///
///     u <- u / max(sqrt(square), smallest)
///
/// Slots, order and cost as `DivideByRoot`.
/// Errors  `Refused` unless smallest is finite and at least 0, and not rounded to 0 by the type.
/// Source  Taniguchi et al. (2024), ADOPT.
struct DivideByLargerRoot {
  double smallest = 1e-6;

  static constexpr auto limits = Limits{Limit{"smallest", &DivideByLargerRoot::smallest, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr bool cancels_scale = true;
  static constexpr Name scalars[]{"smallest"};

  constexpr std::array<double, 1> at(const Step&) const { return {smallest}; }

  static constexpr void apply(Record& r, Lane smallest) { r.update = r.update / max(sqrt(r.square), smallest); }
};

/// Divides by an estimate of the gradient's square, not by its root: the update's unit is that of 1 / g.
///
///     u <- u / (square + epsilon)
///
/// Slots, order and errors as `DivideByRoot`.
/// Cost    a division.
/// Source  Hu, Zhang and Li (2017), AdaSqrt, together with a rate that grows as sqrt(t); ensmallen.
struct DivideBySquare {
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"epsilon", &DivideBySquare::epsilon, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr bool cancels_scale = true;
  static constexpr Name scalars[]{"epsilon"};

  constexpr std::array<double, 1> at(const Step&) const { return {epsilon}; }

  static constexpr void apply(Record& r, Lane epsilon) { r.update = r.update / (r.square + epsilon); }
};

/// Divides by a repeated square root of an estimate of the gradient's square: a quick `DivideByPower`.
///
///     u <- u / (square + epsilon)^(1 / 2^Roots)
///
/// Slots, order and errors as `DivideByPower`.
/// Cost    `Roots` square roots and a division.
template <int Roots>
  requires(Roots >= 1 && Roots <= 8)
struct DivideByRoots {
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"epsilon", &DivideByRoots::epsilon, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr Name scalars[]{"epsilon"};

  constexpr std::array<double, 1> at(const Step&) const { return {epsilon}; }

  static constexpr void apply(Record& r, Lane epsilon) {
    Lane root = r.square + epsilon;
    for (int k = 0; k < Roots; ++k) root = sqrt(root);
    r.update = r.update / root;
  }
};

/// Divides by a power of an estimate of the gradient's square: between plain momentum, which divides by nothing, and
/// Adam, whose power is 1/2.
///
///     u <- u / (square + epsilon)^power
///
/// Slots   none.
/// Order   behind an estimate, as `DivideByRoot`; a rate in front of it compiles, because it does not cancel.
/// Cost    a logarithm, an exponential and a division: about 1 ns per float with AVX-512.
/// Errors  `Refused` unless power lies in [0, 1], and epsilon is finite, at least 0, and not rounded to 0 by the type.
/// Source  Chen et al. (2018), Padam.
struct DivideByPower {
  double power = 0.125;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"power", &DivideByPower::power, Range::closed_unit},
                                        Limit{"epsilon", &DivideByPower::epsilon, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr Name scalars[]{"power", "epsilon"};

  constexpr std::array<double, 2> at(const Step&) const { return {power, epsilon}; }

  static constexpr void apply(Record& r, Lane power, Lane epsilon) {
    r.update = r.update / pow(r.square + epsilon, power);
  }
};

}  // namespace gradus
