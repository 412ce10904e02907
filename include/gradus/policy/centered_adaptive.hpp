// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Divides by a running standard deviation of the gradient, element by element: `Adaptive` about the mean.
///
///     s <- beta s + (1 - beta) g^2
///     m <- beta m + (1 - beta) g
///     u <- u / (sqrt(max(s - m^2, 0)) + epsilon)
///
/// Slots   second and mean, 0 at first.
/// Order and errors as `Adaptive`.
/// Cost    reads and writes two slots; a square root and a division.
/// Source  Graves (2013); `torch.optim.RMSprop(centered=True)`, which has no max(., 0): where s - m^2 rounds below 0,
/// as
///         it may for a constant gradient, PyTorch and optax give NaN.
struct CenteredAdaptive {
  double beta = 0.99;
  double epsilon = 1e-8;

  static constexpr auto limits = std::tuple{Limit{"beta", &CenteredAdaptive::beta, Range::unit},
                                            Limit{"epsilon", &CenteredAdaptive::epsilon, Range::epsilon}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Slot slots[]{{"second"}, {"mean"}};
  static constexpr Name scalars[]{"beta", "1 - beta", "epsilon"};

  constexpr std::array<double, 3> at(const Step&) const { return {beta, 1 - beta, epsilon}; }

  static constexpr void apply(Record& r, Lane& second, Lane& mean, Lane beta, Lane gain, Lane epsilon) {
    second = beta * second + gain * r.gradient * r.gradient;
    mean = beta * mean + gain * r.gradient;
    r.update = r.update / (sqrt(max(second - mean * mean, mean.number(0))) + epsilon);
  }
};

}  // namespace gradus
