// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// `CorrectedAdaptive` that divides only once its second moment is known well enough, and then less in the beginning.
///
///     s <- beta s + (1 - beta) g^2
///     r = r_inf - 2 t beta^t / (1 - beta^t),   r_inf = 2 / (1 - beta) - 1
///     u <- u R sqrt(1 - beta^t) / (sqrt(s) + epsilon)     where r > 5, else as it is
///     R = sqrt((r - 4) (r - 2) r_inf / ((r_inf - 4) (r_inf - 2) r))
///
/// Slots   second, 0 at first.
/// Order   in front of rates and schedules; anything else does not compile. t counts the leaf's steps.
/// Cost    reads and writes one slot; a square root and a division.
/// Errors  as `Adaptive`. Where beta is at most 2/3, r never exceeds 5, and it never divides.
/// Source  Liu et al. (2020), RAdam, in PyTorch's form: epsilon is added to the uncorrected root. optax adds it to the
///         corrected one.
struct RectifiedAdaptive {
  double beta = 0.999;
  double epsilon = 1e-8;

  static constexpr auto limits = std::tuple{Limit{"beta", &RectifiedAdaptive::beta, Range::unit},
                                            Limit{"epsilon", &RectifiedAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Slot slots[]{{"second"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon", "R sqrt(1 - beta^t)"};

  constexpr std::array<double, 1> bases() const { return {beta}; }
  constexpr std::array<double, 4> at(const Step& step) const {
    const double known = 1 - step.now[0], limit = 2 / (1 - beta) - 1;
    const double length = limit - 2 * static_cast<double>(step.leaf) * step.now[0] / known;
    if (!(length > 5)) return {beta, 1 - beta, epsilon, 0};
    const double variance = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length);
    return {beta, 1 - beta, epsilon, square_root(variance * known)};
  }

  static constexpr void apply(Record& r, Lane& second, Lane beta, Lane gain, Lane epsilon, Lane rectified) {
    second = beta * second + gain * r.gradient * r.gradient;
    r.update = select(rectified > 0, r.update * rectified / (sqrt(second) + epsilon), r.update);
  }
};

}  // namespace gradus
