// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>

#include <concepts>

namespace gradus {

/// Adam's step with each element's own rate clamped between bounds that close in on one rate: from Adam to momentum.
///
///     rate_t = rate sqrt(1 - beta2^t) / (1 - beta1^t)
///     low_t = final_rate (1 - 1 / (gamma t + 1)),   high_t = final_rate (1 + 1 / (gamma t))
///     u <- u clamp(rate_t / (sqrt(square) + epsilon), low_t, high_t)
///
/// Slots   none. t counts the leaf's steps.
/// Order   behind `AveragedMomentum` and `MeanSquare`, whose bias it corrects inside the bounds, and in front of other
///         rates and schedules; without an estimate of the square it does not compile.
/// Cost    a square root and a division.
/// Errors  `Refused` unless rate, final_rate and epsilon are finite and at least 0, gamma is finite and above 0, and
///         the betas lie in [0, 1).
/// Source  Luo et al. (2019), AdaBound, and its authors' code.
struct BoundedRate {
  double rate = 0.001;      ///< at first
  double final_rate = 0.1;  ///< in the end
  double gamma = 1e-3;      ///< how fast the bounds close in
  double beta1 = 0.9;       ///< of the momentum in front
  double beta2 = 0.999;     ///< of the estimate in front
  double epsilon = 1e-8;    ///< added to the root

  static constexpr auto limits = Limits{Limit{"rate", &BoundedRate::rate, Range::not_negative},
                                        Limit{"final_rate", &BoundedRate::final_rate, Range::not_negative},
                                        Limit{"gamma", &BoundedRate::gamma, Range::positive},
                                        Limit{"beta1", &BoundedRate::beta1, Range::unit},
                                        Limit{"beta2", &BoundedRate::beta2, Range::unit},
                                        Limit{"epsilon", &BoundedRate::epsilon, Range::epsilon}};
  static constexpr bool divides = true;
  static constexpr bool cancels_scale = true;
  static constexpr Name scalars[]{"rate_t", "epsilon", "low_t", "high_t"};

  constexpr std::array<double, 2> bases() const { return {beta1, beta2}; }
  constexpr std::array<double, 4> at(const Step& step) const {
    const double gone = opaque(gamma * static_cast<double>(step.leaf));
    return {rate * square_root(1 - step.now[1]) / (1 - step.now[0]), epsilon, final_rate * (gone / (1 + gone)),
            final_rate * ((1 + gone) / gone)};
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool once_only = []<class... P>(Policies<P...>) {
      return !((std::same_as<P, CorrectedMomentum> || std::same_as<P, CorrectedMeanSquare>) || ...);
    }(Before{});
    static_assert(
        once_only,
        "gradus: BoundedRate corrects the bias of the moments before it, and one of them does so itself; take "
        "AveragedMomentum and MeanSquare");
    return once_only;
  }

  static constexpr void apply(Record& r, Lane rate, Lane epsilon, Lane low, Lane high) {
    r.update = r.update * clamp(rate / (sqrt(r.square) + epsilon), low, high);
  }
};

}  // namespace gradus
