// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>
#include <gradus/core/power.hpp>

namespace gradus {

/// Lowers the rate with the number of steps taken.
///
///     u <- u / (1 + rate (t - 1))^power
///
/// Slots   none.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless rate and power are finite and at least 0.
/// Source  Robbins and Monro (1951); `lr_decay` of `torch.optim.Adagrad`, `alpha` of `ASGD`.
struct InverseTime {
  double rate = 0;
  double power = 1;

  static constexpr auto limits = Limits{Limit{"rate", &InverseTime::rate, Range::not_negative},
                                        Limit{"power", &InverseTime::power, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr Name factor_name = "1 / (1 + rate (t - 1))^power";

  constexpr double rate_at(const Step& step) const {
    const double taken = rate * static_cast<double>(step.count - 1);
    const double slower =
        1 + opaque(taken);  // product and sum rounded separately: the same bits with and without multiply-adds
    return 1 / (power == 1 ? slower : to_power(slower, power));
  }
};

}  // namespace gradus
