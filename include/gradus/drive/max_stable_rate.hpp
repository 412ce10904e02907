// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/plan/growth.hpp>
#include <gradus/policy/learning_rate.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace gradus {

namespace detail {

// The scalars of a composition in a late step, with 1 for every factor but the learning rate's.
template <class... P>
auto scalars_at_rate(const Pack<P...>& policies, double rate, std::int64_t step = 0, double norm = 0) {
  using L = Layout<P...>;
  auto scalar = late_scalars(policies, step, norm);
  for (const std::size_t i : L::factors) scalar[L::first_scalar(i)] = 1;
  scalar[L::first_scalar(Composition<Pack<P...>>::template index<LearningRate>(0))] = rate;
  return scalar;
}

// The largest rate below which all are `stable`, as far as a thousand of them tell; `guess` is of its size.
template <class Stable>
double largest_below(double guess, Stable stable) {
  double high = guess;
  for (; stable(high); high *= 2)
    if (high > std::numeric_limits<double>::max() / 4) return std::numeric_limits<double>::infinity();
  // Above rates that diverge may lie stable ones, as with a momentum that `Lookahead` pulls back: search from below.
  constexpr int strides = 1000;
  const double stride = high / strides;
  int first = 1;
  while (first < strides && stable(first * stride)) ++first;
  double low = (first - 1) * stride;
  if (first < strides) high = first * stride;
  for (double middle = low + (high - low) / 2; low < middle && middle < high; middle = low + (high - low) / 2)
    (stable(middle) ? low : high) = middle;
  return low;
}

template <class... P>
double max_stable_rate(const Pack<P...>& policies, double curvature) {
  std::int64_t period = period_of(policies);  // not const, see longest_period
  if (period == 0)
    refuse({"max_stable_rate looks at ", longest_period(),
            " late steps at most, and this composition takes more until its steps are the same again; let it act more "
            "often"});
  const auto steps_at = [&](double rate) {
    return late_steps(policies, period, curvature,
                      [&](std::int64_t step) { return scalars_at_rate(policies, rate, step); });
  };
  // Not where a step reaches the top, behind which everything is a number.
  const auto at_some = steps_at(0.3 / curvature);
  const auto linear = [](const auto& x) { return x.straight && (x.offset == 0 || x.is_number()); };
  constexpr bool learns = ((HasSums<P> || EmittingPolicy<P> || asks_value_of<P>) || ...);
  const bool small_norm_tells = scalars_at_rate(policies, 1) != scalars_at_rate(policies, 1, 0, 0x1p-30);
  if (learns || small_norm_tells || !std::all_of(at_some.begin(), at_some.end(), linear))
    refuse("max_stable_rate knows only updates that are linear in the gradient; measure the others");
  return largest_below(1 / curvature,
                       [&](double rate) { return growth_per_step(steps_at(rate), period) <= 1 + 1e-12; });
}

}  // namespace detail

/// The largest `LearningRate` with which a composition that is linear in the gradient does not diverge on a quadratic
/// whose Hessian has the largest eigenvalue `curvature`. All other factors count as 1, moments as after many steps, and
/// what acts every so many steps over its whole period.
///
///     gradus::max_stable_rate(optimizer, 4.0)   // 2 (1 + factor) / 4 for Momentum, LearningRate
///
/// Errors  `Refused` unless curvature is finite and above 0, where the update is not linear in the gradient, and where
///         steps repeat only after more than 1,024.
/// Cost    a millisecond times that period: a thousand rates are tried from below. Rates that diverge between two
///         stable ones of these are missed.
template <class... Parts>
double max_stable_rate(const Optimizer<Parts...>& optimizer, double curvature) {
  using Policies = typename Optimizer<Parts...>::Policies;
  constexpr bool fixed = []<class... P>(std::type_identity<detail::Pack<P...>>) {
    return std::same_as<Policies, typename Optimizer<Parts...>::InStep> && !(GroupedPolicy<P> || ...);
  }(std::type_identity<Policies>{});
  static_assert(fixed,
                "gradus: max_stable_rate takes no policies that follow a schedule or differ by leaf; give them the "
                "number to be asked of");
  constexpr bool one_rate = []<class... P>(std::type_identity<detail::Pack<P...>>) {
    return (std::same_as<P, LearningRate> + ...) == 1;
  }(std::type_identity<Policies>{});
  static_assert(!fixed || one_rate, "gradus: max_stable_rate asks about the LearningRate; the composition needs one");
  constexpr double most = std::numeric_limits<double>::max();
  if (!(curvature > 0 && curvature <= most && 1 / curvature <= most))
    refuse({"curvature is ", curvature, ": give a finite number above 0 whose inverse is finite too"});
  return detail::max_stable_rate(optimizer.policies(), curvature);
}

}  // namespace gradus
