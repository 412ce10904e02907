// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// `CorrectedAdaptive` that divides only once its second moment is known well enough, with shorter steps at first.
///
///     s <- beta s + (1 - beta) g^2
///     r = r_inf - 2 t beta^t / (1 - beta^t),   r_inf = 2 / (1 - beta) - 1
///     u <- u R / (sqrt(s / (1 - beta^t)) + epsilon)     where r >= threshold, else as it is
///     R = sqrt((r - 4) (r - 2) r_inf / ((r_inf - 4) (r_inf - 2) r))
///
/// Slots   second, 0 at first.
/// Order   in front of rates and schedules; anything else does not compile. t counts the leaf's steps.
/// Cost    reads and writes one slot; a square root and a division.
/// Errors  as `Adaptive`; threshold must be finite and above 4. r stays below r_inf: with beta at most 2/3 it does not
///         reach the default threshold, and nothing is ever divided.
/// Source  Liu et al. (2020), RAdam, in optax's form: epsilon is added to the corrected root. The paper has no epsilon,
///         and divides where r > 4.
struct RectifiedAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;
  double threshold = 5;  ///< the smallest r at which it divides, above 4

  static constexpr auto limits = Limits{Limit{"beta", &RectifiedAdaptive::beta, Range::unit},
                                        Limit{"epsilon", &RectifiedAdaptive::epsilon, Range::epsilon},
                                        Limit{"threshold", &RectifiedAdaptive::threshold, Range::above_four}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon", "1 / sqrt(1 - beta^t)",
                                  "R, 0 where it does not divide"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 5> at(const Step& step) const {
    const double known = 1 - step.now[0], length = length_at(beta, step);
    return {beta, 1 - beta, epsilon, 1 / square_root(known), length >= threshold ? rectification(beta, length) : 0};
  }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane epsilon, Lane correction,
                              Lane rectification) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = select(rectification > 0, r.update * rectification / (sqrt(second) * correction + epsilon), r.update);
  }

  /// How many steps the second moment is worth: r.
  static constexpr double length_at(double beta, const Step& step) {
    return 2 / (1 - beta) - 1 - 2 * static_cast<double>(step.leaf) * step.now[0] / (1 - step.now[0]);
  }
  /// R.
  static constexpr double rectification(double beta, double length) {
    const double limit = 2 / (1 - beta) - 1;
    return square_root((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
  }
};

/// `RectifiedAdaptive` as PyTorch has it: epsilon is added to the uncorrected root, and it divides where r > 5.
///
///     u <- u R sqrt(1 - beta^t) / (sqrt(s) + epsilon)     where r > 5, else as it is
///
/// Slots, order, cost and errors as `RectifiedAdaptive`.
/// Source  `torch.optim.RAdam`.
struct TorchRectifiedAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;

  static constexpr auto limits = Limits{Limit{"beta", &TorchRectifiedAdaptive::beta, Range::unit},
                                        Limit{"epsilon", &TorchRectifiedAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr bool estimates = true;
  static constexpr bool divides = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon", "R sqrt(1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 4> at(const Step& step) const {
    const double length = RectifiedAdaptive::length_at(beta, step), known = 1 - step.now[0];
    const double rectified = length > 5 ? RectifiedAdaptive::rectification(beta, length) * square_root(known) : 0;
    return {beta, 1 - beta, epsilon, rectified};
  }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane epsilon, Lane rectified) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = select(rectified > 0, r.update * rectified / (sqrt(second) + epsilon), r.update);
  }
};

}  // namespace gradus
