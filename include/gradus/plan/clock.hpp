// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/pack.hpp>
#include <gradus/core/power.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/plan/trace.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace gradus::detail {

/// A policy whose scalars are calculated elsewhere and passed in, from number `told` on; see `Partition`.
template <class P>
concept ToldPolicy = requires { std::integral_constant<std::size_t, P::told>{}; };

/// What was measured before the pass.
struct Measured {
  const Norm* norms = nullptr;
  const double* all = nullptr;   ///< sums over all leaves
  const double* leaf = nullptr;  ///< sums over this leaf
  const double* told = nullptr;  ///< scalars of told policies; 1 each if null

  template <class P, std::size_t First>
  constexpr Sums sums() const {
    return {(per_leaf_of<P> ? leaf : all) + First};
  }
};

/// The scalars of one step: what policies calculate in double, once, from the clocks of the run and of a leaf.
template <class... P>
struct StepScalars {
  using L = Layout<P...>;
  static constexpr std::size_t clock_size = 1 + L::numbers;  // a step count, then powers and kept numbers
  using Clock = std::array<double, clock_size>;

  const Pack<P...>& policies;
  double objective = 0;  ///< its value
  bool down = false;     ///< whether the step goes downhill

  /// Whose clock it is. Numbers that do not belong to it stand still.
  enum class Of { run, leaf };

  /// Whether a policy's numbers are in that clock.
  template <class Policy, Of of>
  static constexpr bool belongs = per_run_of<Policy> == (of == Of::run);
  /// Whether any policy keeps numbers there other than powers.
  template <Of of>
  static constexpr bool keeps = ((HasKept<P> && belongs<P, of>) || ...);

  /// A clock before a step, and with that step.
  struct Time {
    const double* before;
    const double* now;
    const LeafInfo* of = &no_leaf;
  };

  /// A clock before any step.
  constexpr Clock start() const {
    Clock clock{};
    for_each<L::remembering>([&]<class Policy>(const Policy& policy, auto i) {
      repeat<base_count<Policy>>([&](std::size_t k) { clock[L::powers(i) + k] = 1; });
      if constexpr (HasKept<Policy>) copy<L::kept(i)>(policy.start(), clock);
    });
    return clock;
  }

  /// The run's clock one step on. A changed base applies from this step.
  constexpr Clock next_run(const double* run, Measured measured) const {
    Clock now = powers<Of::run>(run);
    keep<Of::run>({run, now.data()}, {run, now.data()}, measured, now);
    return now;
  }

  /// The run's clock after the step's pass, which emitted these sums.
  constexpr Clock behind(const double* run, const Clock& with, [[maybe_unused]] const double* emitted) const {
    Clock now = with;
    if constexpr (L::emits != 0) {
      const Time time{run, with.data()};
      const Rates rates = rates_at(time);
      for_each<L::emitting>([&]<class Policy>(const Policy& policy, auto i) {
        copy<L::kept(i)>(policy.next(step<Policy, i>(time, time, rates), Sums{emitted + L::emit[i]}), now);
      });
    }
    return now;
  }

  /// A leaf's clock one step on, in the run's step.
  constexpr Clock next_leaf(Time run, const double* leaf, Measured measured, const LeafInfo* of = &no_leaf) const {
    Clock now = powers<Of::leaf>(leaf, of);
    keep<Of::leaf>(run, {leaf, now.data(), of}, measured, now);
    return now;
  }

  /// All scalars, in the order of the layout.
  constexpr std::array<double, L::scalars + 1> at(Time run, Time leaf, Measured measured) const {
    std::array<double, L::scalars + 1> value{};
    const Rates rates = rates_at({run.before, run.now, leaf.of});
    for_each<L::computing>(leaf.of, [&]<class Policy>(const Policy& policy, auto i) {
      constexpr std::size_t first = L::first_scalar(i);
      if constexpr (FactorPolicy<Policy>) {
        const double own = rates.own[L::factors_before(i)];
        value[first] = L::folds(i) ? value[first] * own : own;
      } else if constexpr (ToldPolicy<Policy>)
        repeat<scalar_count<Policy>>(
            [&](std::size_t k) { value[first + k] = measured.told ? measured.told[Policy::told + k] : 1; });
      else if constexpr (NormPolicy<Policy>)
        copy<first>(policy.at(step<Policy, i>(run, leaf, rates), measured.norms[L::norm[i]]), value);
      else if constexpr (HasSums<Policy>)
        copy<first>(policy.at(step<Policy, i>(run, leaf, rates), measured.template sums<Policy, L::sum[i]>()), value);
      else copy<first>(policy.at(step<Policy, i>(run, leaf, rates)), value);
    });
    return value;
  }

  /// The rate in force: the product of all factors.
  constexpr double rate(Time run) const { return rates_at(run).product[L::factors.size()]; }

  /// The value of policy I, a factor of a hyper-parameter alone, in the step after the run's clock.
  template <std::size_t I>
  constexpr double watched(const double* run) const {
    const auto& policy = policies.template get<I>();
    using Policy = type_at<I, Pack<P...>>;
    Clock now = powers<Of::run>(run);
    Rates unknown;  // rates follow from hyper-parameters: a factor of one that reads them shows
    for (double& rate : unknown.product) rate = std::numeric_limits<double>::quiet_NaN();
    const Step step = this->step<Policy, I>({run, now.data()}, {run, now.data()}, unknown);
    if constexpr (HasKept<Policy>) copy<L::kept(I)>(policy.next(step), now);
    return policy.watched_at(step);
  }

  /// f(policy, its number) for the policies of a list, as they are for a leaf.
  template <auto Which, class F>
  constexpr void for_each(const LeafInfo* leaf, F f) const {
    repeat<Which.size()>([&](auto k) {
      constexpr std::size_t i = Which[k];
      f(gradus::in_leaf(policies.template get<i>(), *leaf), std::integral_constant<std::size_t, i>{});
    });
  }
  template <auto Which, class F>
  constexpr void for_each(F f) const {
    for_each<Which>(&no_leaf, f);
  }

 private:
  /// The value of every factor, and the product of the first 0, 1, ... all of them.
  struct Rates {
    double own[L::factors.size() + 1]{};
    double product[L::factors.size() + 1]{1};
  };

  constexpr Rates rates_at(Time run) const {
    Rates rates;
    for_each<L::factors>(run.of, [&]<class Policy>(const Policy& policy, auto i) {
      constexpr std::size_t at = L::factors_before(i);
      const Step here = step<Policy, i>(run, run, rates);
      if constexpr (FactorPolicy<Policy>) rates.own[at] = policy.rate_at(here);
      else rates.own[at] = policy.counted_rate(here);
      rates.product[at + 1] = rates.product[at] * rates.own[at];
    });
    return rates;
  }

  template <class Policy, std::size_t I>
  constexpr Step step(Time run, Time leaf, const Rates& rates) const {
    const Time mine = per_run_of<Policy> ? run : leaf;
    constexpr std::size_t at = L::powers(I);
    const double rate = rates.product[L::factors_before(behind_apply<Policy> ? L::size : I)];
    const auto count = static_cast<std::int64_t>(run.now[0]), steps = static_cast<std::int64_t>(leaf.now[0]);
    return {count, steps, rate, leaf.of, objective, down, mine.before + at, mine.now + at};
  }

  // The count and the powers one step on; kept numbers unchanged.
  template <Of of>
  constexpr Clock powers(const double* before, const LeafInfo* leaf = &no_leaf) const {
    Clock now{};
    repeat<clock_size>([&](std::size_t k) { now[k] = before[k]; });
    now[0] += 1;
    for_each<L::remembering>(leaf, [&]<class Policy>(const Policy& policy, auto i) {
      if constexpr (HasBases<Policy> && belongs<Policy, of>) {
        const auto base = policy.bases();
        repeat<base_count<Policy>>([&](std::size_t k) {
          const std::size_t at = L::powers(i) + k;
          now[at] = next_power(before[at], base[k]);
        });
      }
    });
    return now;
  }

  // What policies keep, one step on.
  template <Of of>
  constexpr void keep(Time run, Time leaf, [[maybe_unused]] Measured measured, Clock& now) const {
    if constexpr (keeps<of>) {
      for_each<L::remembering>(leaf.of, [&]<class Policy>(const Policy& policy, auto i) {
        if constexpr (HasKept<Policy> && belongs<Policy, of> && !EmittingPolicy<Policy>) {
          constexpr std::size_t kept = L::kept(i);
          const Step here = step<Policy, i>(run, leaf, rates_at(run));  // a factor's kept number may have changed
          if constexpr (requires { policy.next(here, Norm{}); })
            copy<kept>(policy.next(here, measured.norms[L::norm[i]]), now);
          else if constexpr (requires { policy.next(here, Sums{}); })
            copy<kept>(policy.next(here, measured.template sums<Policy, L::sum[i]>()), now);
          else copy<kept>(policy.next(here), now);
        }
      });
    }
  }

  template <std::size_t First, std::size_t N, std::size_t Size>
  static constexpr void copy(const std::array<double, N>& from, std::array<double, Size>& to) {
    repeat<N>([&](std::size_t k) { to[First + k] = from[k]; });
  }
};

}  // namespace gradus::detail
