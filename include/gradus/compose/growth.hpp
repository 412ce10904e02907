// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/affine.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/parts.hpp>
#include <gradus/compose/trace.hpp>
#include <gradus/core/pack.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <type_traits>

namespace gradus {

namespace detail {

inline constexpr double very_many = 0x1p52;

// base^very_many
constexpr double late_power(double base) {
  for (double t = 1; t < very_many; t *= 2) base *= base;
  return base;
}

// No constant expression, so that a constant that grows does not compile.
[[noreturn, gnu::noinline]] inline void refuse_growth(double factor) {
  refuse(
      {"this composition grows by ", std::round(factor * 1e9) / 1e9,
       " a step where the gradient is 0; feed less back, or let a policy say `static constexpr bool grows = true` if "
       "it is meant to"});
}

// Compilers show the calls of a constant expression with their arguments: the number.
constexpr void check_factor(double factor) {
  if (factor > 1 + 1e-9) refuse_growth(factor);
}

// Constants are looked at in so many steps at most, others in more: compilers count what they calculate.
constexpr std::int64_t longest_period() { return std::is_constant_evaluated() ? 8 : 1024; }

}  // namespace detail

/// After how many late steps the scalars of policies are the same again; 0 where that is not known, or too many.
template <class... P>
constexpr std::int64_t period_of(const Pack<P...>& policies) {
  std::int64_t all = 1;
  policies.apply([&](const P&... policy) {
    const auto join = [&]<class One>(const One& one) {
      if constexpr (requires { one.period(); })
        if (all != 0) {
          const std::int64_t period = one.period();
          const bool short_enough = period >= 1 && period <= detail::longest_period();
          all = short_enough ? std::lcm(all, period) : 0;
          if (all > detail::longest_period()) all = 0;
        }
    };
    (join(policy), ...);
  });
  return all;
}

/// The scalars of a composition so many steps after very many, where every norm is `norm` and every sum 0.
template <class... P>
constexpr auto late_scalars(const Pack<P...>& policies, std::int64_t step = 0, double norm = 0) {
  using L = Layout<P...>;
  const StepScalars<P...> scalars{policies};
  auto clock = scalars.start();
  clock[0] = detail::very_many + static_cast<double>(step);
  scalars.template for_each<L::remembering>([&]<class Policy>(const Policy& policy, auto i) {
    constexpr std::size_t powers = 1 + L::number[i], kept = powers + base_count<Policy>;
    if constexpr (HasBases<Policy>) {
      const auto base = policy.bases();
      for (std::size_t k = 0; k < base.size(); ++k) clock[powers + k] = detail::late_power(base[k]);
    }
    if constexpr (requires { policy.late(); }) {
      const auto late = policy.late();
      for (std::size_t k = 0; k < late.size(); ++k) clock[kept + k] = late[k];
    }
  });
  Norm norms[L::norms + 1];
  for (Norm& one : norms) one.rest = norm;
  const double sums[L::sums + 1]{};
  const typename StepScalars<P...>::Time late{clock.data(), clock.data()};
  return scalars.at(late, late, {norms, sums, sums});
}

/// The parameter and the slots (in this order) after some late steps on a quadratic of a curvature, whose gradient
/// uphill is -curvature p, as functions of what they were. `scalars(k)` are those of the kth. A slot that no step
/// changes is the number that it starts with.
template <class... P, class Scalars>
constexpr auto late_steps(const Pack<P...>& policies, std::int64_t steps, double curvature, Scalars scalars) {
  using L = Layout<P...>;
  constexpr auto& traced = trace_of<P...>;
  constexpr std::size_t variables = 1 + L::slots;
  using Number = Affine<variables>;
  constexpr auto& slots = Composition<Pack<P...>>::slots;
  const auto first = Composition<Pack<P...>>::first(policies);
  std::array<Number, variables> at{};
  for (std::size_t k = 0; k != variables; ++k) at[k] = Number::variable(k);
  for (std::size_t s = 0; s != L::slots; ++s) {
    const Node& last = traced.graph.nodes[traced.slot[s]];
    const bool unchanged = last.op == Op::stream && last.a == static_cast<short>(2 + s);
    if (unchanged && !slots[s].from_parameter) at[1 + s] = Number::number(first[s]);
  }
  for (std::int64_t k = 0; k != steps; ++k) {
    Number stream[2 + L::slots + L::draws]{at[0], scaled(-curvature, at[0])};
    for (std::size_t s = 0; s != L::slots; ++s) stream[2 + s] = at[1 + s];
    Number node[traced.graph.size];
    affine_nodes(traced.graph, stream, scalars(k).data(), node);
    at[0] = node[traced.parameter];
    for (std::size_t s = 0; s != L::slots; ++s) at[1 + s] = node[traced.slot[s]];
  }
  return at;
}

/// By how much the parameter and the slots grow in a late step on a quadratic, at last, over a period of steps.
template <class... P, class Scalars>
constexpr double late_growth(const Pack<P...>& policies, std::int64_t period, double curvature, Scalars scalars) {
  const double all = growth(late_steps(policies, period, curvature, scalars));
  return period == 1 || all == 0 ? all : detail::Doubles::exp(detail::Doubles::log(all) / static_cast<double>(period));
}

/// Whether the scalars of policies can be calculated in a constant expression, as far as their default values tell.
template <class Policies>
inline constexpr bool constant_scalars =
    requires { typename std::bool_constant<(static_cast<void>(late_scalars(Policies{})), true)>; };

/// Refuses policies that multiply what they keep, or the parameter, by more than 1 in a step without a gradient; in a
/// constant expression they do not compile.
template <class... P>
constexpr void check_growth(const Pack<P...>& policies) {
  if constexpr (!(grows_of<P> || ...)) {
    const std::int64_t period = std::max(std::int64_t{1}, period_of(policies));
    const auto scalars = [&](std::int64_t step) { return late_scalars(policies, step); };
    detail::check_factor(late_growth(policies, period, 0, scalars));
  }
}

}  // namespace gradus
