// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/schedule/progress.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace gradus {

/// Up and down again and again.
///
///     low + (high - low) h factor^(t - 1) per_round^c
///
/// h rises from 0 to 1 in `up` steps and falls in `down`; c is the number of rounds done.
/// Errors  `Refused`, in the step that asks, unless up and down are at least 1 and factor and per_round are finite and
///         at least 0.
/// Source  Smith (2017); `torch.optim.lr_scheduler.CyclicLR`: triangular2 has `per_round` 1/2, exp_range its gamma as
///         `factor`.
struct Cyclic {
  double low = 0;
  double high = 1;
  std::int64_t up = 1;    ///< at least 1
  std::int64_t down = 1;  ///< at least 1
  double factor = 1;
  double per_round = 1;

  static constexpr auto limits =
      Limits{Limit{"up", &Cyclic::up, Range::from_one}, Limit{"down", &Cyclic::down, Range::from_one},
             Limit{"factor", &Cyclic::factor, Range::not_negative},
             Limit{"per_round", &Cyclic::per_round, Range::not_negative}};

  double operator()(std::int64_t step) const {
    check_schedule(*this);
    const std::int64_t gone = step - 1;
    const bool endless = up > std::numeric_limits<std::int64_t>::max() - down;  // the first round never ends
    const std::int64_t rounds = endless ? 0 : gone / (up + down), place = endless ? gone : gone % (up + down);
    const double h = place <= up ? static_cast<double>(place) / static_cast<double>(up)
                                 : static_cast<double>(up - place + down) / static_cast<double>(down);
    const double size = std::pow(factor, static_cast<double>(gone)) * std::pow(per_round, static_cast<double>(rounds));
    return between(low, high, h * size);
  }
};

}  // namespace gradus
