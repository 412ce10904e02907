// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/opaque.hpp>
#include <gradus/core/policy.hpp>

namespace gradus {

/// Lowers the rate with the number of steps taken.
///
///     u <- u / (1 + rate (t - 1))
///
/// Slots   none.
/// Order   a factor, like `LearningRate`.
/// Cost    none of its own: adjacent factors are multiplied once per step, in double.
/// Errors  `Refused` unless rate is finite and at least 0.
/// Source  Robbins and Monro (1951); `lr_decay` of `torch.optim.Adagrad`.
struct InverseTime {
  double rate = 0;

  static constexpr auto limits = std::tuple{Limit{"rate", &InverseTime::rate, Range::not_negative}};
  static constexpr bool once = true;
  static constexpr Name factor_name = "1 / (1 + rate (t - 1))";

  constexpr double rate_at(const Step& step) const {
    const double taken = rate * static_cast<double>(step.count - 1);
    return 1 / (1 + opaque(taken));  // a sum apart from its product: the same bits with and without multiply-adds
  }
};

}  // namespace gradus
