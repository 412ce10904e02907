// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/trace.hpp>
#include <gradus/core/power.hpp>
#include <gradus/core/repeat.hpp>

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

  /// Whose clock it is: factors follow the run's, texts the leaf's. Powers that nobody asks it for stand still.
  enum class Of { run, leaf };

  /// The clock one step on. A changed base applies from this step.
  template <Of of>
  constexpr Clock next(const double* clock) const {
    Clock moved{};
    moved[0] = clock[0] + 1;
    for_each_policy([&](const auto& policy, auto i) {
      using Policy = std::remove_cvref_t<decltype(policy)>;
      constexpr std::size_t bases = base_count<Policy>, first = 1 + L::power[i];
      if constexpr (bases == 0) return;
      else if constexpr (FactorPolicy<Policy> != (of == Of::run)) {
        repeat<bases>([&](auto k) { moved[first + k] = clock[first + k]; });
      } else {
        const auto base = policy.bases();
        repeat<bases>([&](auto k) { moved[first + k] = next_power(clock[first + k], base[k]); });
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
        copy<first>(policy.at(step(leaf, run.now, i), norms[L::norm[i]]), value);
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
    repeat<sizeof...(P)>([&](auto i) { f(std::get<i>(policies), i); });
  }

 private:
  static constexpr Step step(Time time, const double* run, std::size_t policy) {
    const std::size_t at = 1 + L::power[policy];
    return {static_cast<std::int64_t>(run[0]), static_cast<std::int64_t>(time.now[0]), time.before + at,
            time.now + at};
  }

  template <std::size_t First, std::size_t N>
  static constexpr void copy(const std::array<double, N>& from, std::array<double, L::scalars + 1>& to) {
    repeat<N>([&](auto k) { to[First + k] = from[k]; });
  }
};

}  // namespace gradus
