// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Mixes the current gradient's square into the estimate.
///
///     square <- (1 - weight) g^2 + weight square
///
/// Slots   none.
/// Order   between an estimate and its divisor; anything else does not compile.
/// Cost    arithmetic.
/// Errors  `Refused` unless weight lies in [0, 1]. At 0 the divisor leaves little but the sign.
/// Source  Ma and Yarats (2019), QHAdam's nu2.
struct BlendSquare {
  double weight = 1;  ///< of the estimate, in [0, 1]

  static constexpr auto limits = Limits{Limit{"weight", &BlendSquare::weight, Range::closed_unit}};
  static constexpr bool refines = true;
  static constexpr Name scalars[]{"weight", "1 - weight"};

  constexpr std::array<double, 2> at(const Step&) const { return {weight, 1 - weight}; }

  static constexpr void apply(Record& r, Lane weight, Lane rest) {
    r.square = rest * r.gradient * r.gradient + weight * r.square;
  }
};

}  // namespace gradus
