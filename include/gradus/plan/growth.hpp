// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/graph.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/plan/affine.hpp>
#include <gradus/plan/clock.hpp>
#include <gradus/plan/composition.hpp>
#include <gradus/plan/trace.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <type_traits>

namespace gradus::detail {

inline constexpr double very_many = 0x1p52;

// base^very_many
constexpr double late_power(double base) {
  for (double t = 1; t < very_many; t *= 2) base *= base;
  return base;
}

// Not a constant expression, so that a constant that grows does not compile.
[[noreturn, gnu::noinline]] inline void refuse_growth(double factor) {
  refuse(
      {"this composition grows by ", std::round(factor * 1e9) / 1e9,
       " a step where the gradient is 0; lower a momentum's factor, or a rate times its weight decay. A policy of your "
       "own may say where what it keeps ends, by late(), or that it is meant to grow, by "
       "`static constexpr bool grows = true`"});
}

// In a constant expression clang shows this call with its argument, the number.
constexpr void check_factor(double factor) {
  if (factor > 1 + 1e-9) refuse_growth(factor);
}

// Fewer steps are examined in a constant expression, because compilers limit what they calculate there. So what follows
// from it must not be a const variable: g++ 14 would make a constant expression of that.
constexpr std::int64_t longest_period() { return std::is_constant_evaluated() ? 8 : 1024; }

// The common period of `all` and one more policy.
template <class P>
constexpr std::int64_t joined_period(std::int64_t all, [[maybe_unused]] const P& policy) {
  if constexpr (requires { policy.period(); }) {
    const std::int64_t own = policy.period();
    if (all == 0 || own < 1 || own > longest_period()) return 0;
    all = std::lcm(all, own);
  }
  return all > longest_period() ? 0 : all;
}

/// After how many late steps the scalars of policies repeat; 0 if that is not known, or too many.
template <class... P>
constexpr std::int64_t period_of(const Pack<P...>& policies) {
  return policies.apply([](const P&... policy) {
    std::int64_t all = 1;
    ((all = joined_period(all, policy)), ...);
    return all;
  });
}

/// The scalars of a composition `step` steps after very many, if every norm is `norm` and every sum 0.
template <class... P>
constexpr auto late_scalars(const Pack<P...>& policies, std::int64_t step = 0, double norm = 0) {
  using L = Layout<P...>;
  const StepScalars<P...> scalars{policies};
  auto clock = scalars.start();
  clock[0] = very_many + static_cast<double>(step);
  scalars.template for_each<L::remembering>([&]<class Policy>(const Policy& policy, auto i) {
    constexpr std::size_t powers = L::powers(i), kept = L::kept(i);
    if constexpr (HasBases<Policy>) {
      const auto base = policy.bases();
      for (std::size_t k = 0; k < base.size(); ++k) clock[powers + k] = late_power(base[k]);
    }
    if constexpr (requires { policy.late(clock[0]); }) {
      const auto late = policy.late(clock[0]);
      for (std::size_t k = 0; k < late.size(); ++k) clock[kept + k] = late[k];
    }
  });
  Norm norms[L::norms + 1];
  for (Norm& one : norms) one.rest = norm;
  const double sums[L::sums + 1]{};
  const typename StepScalars<P...>::Time late{clock.data(), clock.data()};
  return scalars.at(late, late, {norms, sums, sums});
}

/// The parameter and the slots, in this order, after some late steps on a quadratic whose uphill gradient is -curvature
/// p, as functions of their values before. `scalars(k)` are those of step k. A slot that no step changes is the number
/// that it starts with.
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
    const bool unchanged = is_stream(traced.graph.nodes[traced.slot[s]], 2 + s);
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

/// The asymptotic growth per step, given what all became in so many steps.
template <std::size_t N>
constexpr double growth_per_step(const std::array<Affine<N>, N>& all, std::int64_t steps) {
  const double factor = growth(all);
  if (steps == 1 || factor == 0) return factor;
  return Doubles::exp(Doubles::log(factor) / static_cast<double>(steps));
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
    std::int64_t period = std::max(std::int64_t{1}, period_of(policies));
    const auto scalars = [&](std::int64_t step) { return late_scalars(policies, step); };
    check_factor(growth_per_step(late_steps(policies, period, 0, scalars), period));
  }
}

}  // namespace gradus::detail
