// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

namespace gradus {

/// The mean of K velocities, each with its own factor: large factors are fast along a valley, small ones damp the
/// oscillations across it that the large ones cause.
///
///     v_k <- factor_k v_k + u
///     u <- (v_1 + ... + v_K) / K
///
/// Slots   velocity1 to velocityK, 0 at first; K is from 1 to 8.
/// Order   behind clips and coupled weight decay.
/// Cost    reads and writes K slots.
/// Errors  `Refused` unless every factor lies in [0, 1).
/// Source  Lucas, Sun, Zemel and Grosse (2019), AggMo.
template <std::size_t K = 3>
  requires(K >= 1 && K <= 8)
struct AggregatedMomentum {
  /// Share of each velocity that a step keeps, in [0, 1); by default 0, 0.9, 0.99 and so on.
  std::array<double, K> factors = [] {
    std::array<double, K> spread{};
    for (std::size_t k = 1; k < K; ++k) spread[k] = 1 - (1 - spread[k - 1]) / 10;
    return spread;
  }();

  static constexpr auto limits = Limits{Limit{"factors", &AggregatedMomentum::factors, Range::unit}};
  static constexpr auto slots = [] {
    constexpr Slot all[]{{"velocity1"}, {"velocity2"}, {"velocity3"}, {"velocity4"},
                         {"velocity5"}, {"velocity6"}, {"velocity7"}, {"velocity8"}};
    std::array<Slot, K> mine;
    for (std::size_t k = 0; k < K; ++k) mine[k] = all[k];
    return mine;
  }();
  static constexpr auto scalars = [] {
    constexpr Name all[]{"factor1", "factor2", "factor3", "factor4", "factor5", "factor6", "factor7", "factor8"};
    std::array<Name, K> mine;
    for (std::size_t k = 0; k < K; ++k) mine[k] = all[k];
    return mine;
  }();

  constexpr std::array<double, K> at(const Step&) const { return factors; }

  /// K velocities, then K factors.
  template <class... L>
    requires(sizeof...(L) == 2 * K)
  static constexpr void apply(Record& r, L&... lane) {
    const auto lanes = std::tie(lane...);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((std::get<I>(lanes) = std::get<K + I>(lanes) * std::get<I>(lanes) + r.update), ...);
      r.update = (... + std::get<I>(lanes)) * (1.0 / K);
    }(std::make_index_sequence<K>{});
  }
};

}  // namespace gradus
