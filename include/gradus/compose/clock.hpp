// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/trace.hpp>
#include <gradus/core/power.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace gradus {

/// The scalars of one step: what policies calculate in double, once, from where the run and a leaf stand.
template <class... P>
struct StepScalars {
  using L = Layout<P...>;
  static constexpr std::size_t clock_size = 1 + L::powers;  // a step count and the power of every base
  using Clock = std::array<double, clock_size>;

  const std::tuple<P...>& policies;

  /// The clock one step on. A changed base applies from this step.
  constexpr Clock next(const double* clock) const {
    Clock moved{};
    moved[0] = clock[0] + 1;
    for_each_policy([&](const auto& policy, auto i) {
      if constexpr (base_count<std::remove_cvref_t<decltype(policy)>> != 0) {
        std::size_t at = 1 + L::power[i];
        for (const double base : policy.bases()) moved[at] = next_power(clock[at], base), ++at;
      }
    });
    return moved;
  }

  /// A clock and the same one step on.
  struct Time {
    const double* before;
    const double* now;
  };

  /// All scalars, in the order of the layout. Factors follow the run's clock, texts the leaf's.
  constexpr std::array<double, L::scalars + 1> at(Time run, Time leaf, const Norm* norms) const {
    std::array<double, L::scalars + 1> value{};
    for_each_policy([&](const auto& policy, auto i) {
      using Policy = std::remove_cvref_t<decltype(policy)>;
      constexpr std::size_t first = L::first_scalar(i);
      if constexpr (FactorPolicy<Policy>) {
        const double rate = policy.rate_at(step(run, run.now, i));
        value[first] = L::folds(i) ? value[first] * rate : rate;
      } else if constexpr (NormPolicy<Policy>) {
        copy<first>(policy.at(step(leaf, run.now, i), norms[i]), value);
      } else if constexpr (scalar_count<Policy> != 0) {
        copy<first>(policy.at(step(leaf, run.now, i)), value);
      }
    });
    return value;
  }

  /// The rate in force: the product of all factors.
  constexpr double rate(Time run) const {
    double product = 1;
    for_each_policy([&](const auto& policy, auto i) {
      if constexpr (FactorPolicy<std::remove_cvref_t<decltype(policy)>>) product *= policy.rate_at(step(run, run.now, i));
    });
    return product;
  }

  template <class F>
  constexpr void for_each_policy(F f) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (f(std::get<I>(policies), std::integral_constant<std::size_t, I>{}), ...);
    }(std::index_sequence_for<P...>{});
  }

 private:
  static constexpr Step step(Time time, const double* run, std::size_t policy) {
    const std::size_t at = 1 + L::power[policy];
    return {static_cast<std::int64_t>(run[0]), static_cast<std::int64_t>(time.now[0]), time.before + at,
            time.now + at};
  }

  template <std::size_t First, std::size_t N>
  static constexpr void copy(const std::array<double, N>& from, std::array<double, L::scalars + 1>& to) {
    for (std::size_t k = 0; k < N; ++k) to[First + k] = from[k];
  }
};

}  // namespace gradus
