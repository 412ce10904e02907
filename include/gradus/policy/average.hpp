// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <algorithm>
#include <cstdint>

namespace gradus {

/// Keeps the mean of the parameters after each step, from some step on. It does not affect the run.
///
///     a <- a + (p - a) / max(1, t - 1 - begin)       behind p + u; t counts the leaf's steps
///
/// Slots   average, the parameter itself up to step begin + 2.
/// Order   anywhere behind constraints; in front of one it does not compile. It acts behind apply.
/// Cost    reads and writes one slot.
/// Errors  none.
/// Source  Polyak and Juditsky (1992); `ax` of `torch.optim.ASGD`; `torch.optim.swa_utils.AveragedModel`.
struct TailAverage {
  std::int64_t begin = 0;  ///< steps from begin + 2 on count; all, if it is -1 or less

  static constexpr auto limits = Limits{Limit{"begin", &TailAverage::begin, Range::number}};
  static constexpr Slot slots[]{{.name = "average", .from_parameter = true}};
  static constexpr Name scalars[]{"1 / max(1, t - 1 - begin)"};

  // Declared so that a leaf's clock is saved with its state.
  constexpr std::array<double, 1> bases() const { return {1}; }
  constexpr std::array<double, 1> at(const Step& step) const {
    return {1 / static_cast<double>(std::max<std::int64_t>(1, step.leaf - 1 - std::max<std::int64_t>(-1, begin)))};
  }

  static constexpr void after(Record& r, Lane& average, Lane share) {
    average = select(share < 1, average + (r.parameter - average) * share, r.parameter);
  }

  /// The average of an element: its slot.
  constexpr double average(double, double average) const { return average; }
};

/// Keeps a moving average of the parameters after each step. It does not affect the run.
///
///     a <- a + (1 - decay) (p - a)                    behind p + u
///
/// Slots   average, the parameter at first.
/// Order and cost as `TailAverage`.
/// Errors  `Refused` unless decay lies in [0, 1).
/// Source  Ruppert (1988); `optax.incremental_update`.
struct MovingAverage {
  double decay = 0.999;  ///< share of the average that a step keeps, in [0, 1)

  static constexpr auto limits = Limits{Limit{"decay", &MovingAverage::decay, Range::unit}};
  static constexpr Slot slots[]{{.name = "average", .from_parameter = true}};
  static constexpr Name scalars[]{"1 - decay"};

  constexpr std::array<double, 1> at(const Step&) const { return {1 - decay}; }

  static constexpr void after(Record& r, Lane& average, Lane share) {
    average = average + share * (r.parameter - average);
  }

  /// The average of an element: its slot.
  constexpr double average(double, double average) const { return average; }
};

}  // namespace gradus
