// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Mixes the gradient back into the update.
///
///     u <- gradient g + update u
///
/// Slots   none.
/// Order   behind a momentum, in front of rates and divisors: with weights 1 - nu and nu it is quasi-hyperbolic
///         momentum, with weights alpha and 1 simplified AdEMAMix.
/// Cost    arithmetic.
/// Errors  `Refused` unless both weights are finite and at least 0.
/// Source  Ma and Yarats (2019), QHM; Morwani et al. (2025).
struct Blend {
  double gradient = 0.3;  ///< weight of the gradient
  double update = 0.7;    ///< weight of the update

  static constexpr auto limits = Limits{Limit{"gradient", &Blend::gradient, Range::not_negative},
                                        Limit{"update", &Blend::update, Range::not_negative}};
  static constexpr Name scalars[]{"gradient", "update"};

  constexpr std::array<double, 2> at(const Step&) const { return {gradient, update}; }

  static constexpr void apply(Record& r, Lane gradient, Lane update) {
    r.update = gradient * r.gradient + update * r.update;
  }

  template <class Before>
  static constexpr bool place() {
    constexpr bool alike = []<class... P>(Policies<P...>) {
      return !((FactorPolicy<P> || cancels_scale_of<P>) || ...);
    }(Before{});
    static_assert(alike,
                  "gradus: Blend mixes the gradient into an update that a rate or a divisor has made something else; "
                  "move it in front of that");
    return alike;
  }
};

}  // namespace gradus
