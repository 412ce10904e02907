// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Pulls parameters towards zero, uphill and downhill alike.
///
///     u <- u - rate p
///
/// Slots   none.
/// Order   in front of the moments it is coupled (L2 regularization: the gradient changes too, and the moments see it);
///         behind them decoupled, as in AdamW. A rate or schedule behind it scales it as well.
/// Cost    one multiply-add; the parameter is read anyway.
/// Errors  `Refused` unless rate is finite and at least 0.
/// Source  Loshchilov and Hutter (2019).
struct WeightDecay {
  double rate = 0.01;

  static constexpr auto limits = Limits{Limit{"rate", &WeightDecay::rate, Range::not_negative}};
  static constexpr Writes writes = Writes::received;
  static constexpr Name scalars[]{"decay"};  // for `explain`, where "rate" is the LearningRate's

  constexpr std::array<double, 1> at(const Step&) const { return {rate}; }

  static constexpr void apply(Record& r, Lane rate) { r.update = r.update - rate * r.parameter; }
};

}  // namespace gradus
