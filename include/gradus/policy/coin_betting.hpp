// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// Bets on the gradient's sign with what it has won so far: no rate to choose.
///
///     l <- max(l, abs(g)),   a <- a + abs(g),   c <- c + g
///     w <- max(w + g (p - p_0), 0)
///     p + u = p_0 + c / (l max(a + l, alpha l)) (l + w)
///
/// Slots   largest, `epsilon` at first; absolute, sum and reward, 0 at first; start, the parameter at first.
/// Order   alone, or behind what changes the gradient. A factor behind it scales the step from p, not the bet.
/// Cost    reads five slots, writes four.
/// Errors  `Refused` unless alpha and epsilon are finite and above 0.
/// Source  Orabona and Tommasi (2017), COCOB-Backprop; optax.
struct CoinBetting {
  double alpha = 100;     ///< keeps the first bets small
  double epsilon = 1e-8;  ///< the largest gradient assumed at first

  static constexpr auto limits = Limits{Limit{"alpha", &CoinBetting::alpha, Range::positive},
                                        Limit{"epsilon", &CoinBetting::epsilon, Range::positive}};
  static constexpr bool once = true;
  static constexpr bool cancels_scale = true;
  static constexpr Slot slots[]{
      {"largest"}, {"absolute"}, {"sum"}, {"reward"}, {.name = "start", .from_parameter = true}};
  static constexpr Name scalars[]{"alpha"};

  constexpr std::array<double, 5> first() const { return {epsilon, 0, 0, 0, 0}; }
  constexpr std::array<double, 1> at(const Step&) const { return {alpha}; }

  static constexpr void apply(Record& r, Lane& largest, Lane& absolute, Lane& sum, Lane& reward, Lane& start,
                              Lane alpha) {
    const Lane size = abs(r.gradient), gone = r.parameter - start;
    largest = max(largest, size);
    absolute = absolute + size;
    sum = sum + r.gradient;
    reward = max(reward + r.gradient * gone, 0.0);
    const Lane bet = sum / (largest * max(absolute + largest, alpha * largest)) * (largest + reward);
    r.update = bet - gone;
  }
};

}  // namespace gradus
