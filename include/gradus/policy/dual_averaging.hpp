// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// MADGRAD: steps from the starting point along the sum of all gradients, the later weighted more. The divisor is a
/// cube root, so that steps do not shrink as AdaGrad's do; the average at the end takes the place of momentum.
///
///     s <- s + w g,   d <- d + w g^2        w = (rate + epsilon) sqrt(t), 0 at a rate of 0
///     z = p_0 + s / (cbrt(d) + epsilon)
///     p + u = factor p + (1 - factor) z
///
/// Slots   sum and squares, 0 at first; start, the parameter at first.
/// Order   behind the rate and any warmup, of which it uses only the size. Of policies in front it sees only what they
///         do to the gradient: a momentum there does not compile, nor does a policy behind it that changes the update,
///         nor a constraint, which would move p but not z.
/// Cost    reads three slots, writes two; a cube root.
/// Errors  `Refused` unless factor lies in [0, 1), and epsilon is finite, at least 0, and not 0 by rounding.
/// Source  Defazio and Jelassi (2022), MADGRAD; the form of its authors' code, which adds epsilon to the rate.
struct DualAveraging {
  double factor = 0.9;  ///< momentum: share of the parameter that stays
  double epsilon = 1e-6;

  static constexpr auto limits = Limits{Limit{"factor", &DualAveraging::factor, Range::unit},
                                        Limit{"epsilon", &DualAveraging::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool closes = true;
  static constexpr Slot slots[]{{"sum"}, {"squares"}, {.name = "start", .from_parameter = true}};
  static constexpr Name scalars[]{"(rate + epsilon) sqrt(t)", "epsilon", "1 - factor"};

  constexpr std::array<double, 3> at(const Step& step) const {
    const double rate = step.rate == 0 ? 0 : step.rate + epsilon;
    return {rate * square_root(static_cast<double>(step.count)), epsilon, 1 - factor};
  }

  static constexpr void apply(Record& r, Lane& sum, Lane& squares, Lane& start, Lane weight, Lane epsilon, Lane share) {
    const Lane weighted = weight * r.gradient;
    sum = sum + weighted;
    squares = squares + weighted * r.gradient;
    r.update = share * (sum / (cbrt(squares) + epsilon) + (start - r.parameter));
  }
};

}  // namespace gradus
