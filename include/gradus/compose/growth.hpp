// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/affine.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/trace.hpp>
#include <gradus/core/pack.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>

namespace gradus {

namespace detail {

inline constexpr double very_many = 0x1p52;

// base^very_many
constexpr double late_power(double base) {
  for (double t = 1; t < very_many; t *= 2) base *= base;
  return base;
}

// No constant expression, so that a constant that grows does not compile; then compilers show this name.
[[noreturn, gnu::noinline]] inline void refuse_growth(double factor) {
  refuse(
      {"this composition grows by ", std::round(factor * 1e9) / 1e9,
       " a step where the gradient is 0; feed less back, or let a policy say `static constexpr bool grows = true` if "
       "it is meant to"});
}

}  // namespace detail

/// The scalars of a composition after very many steps, where every norm is `norm` and every sum 0.
template <class... P>
constexpr auto late_scalars(const Pack<P...>& policies, double norm = 0) {
  using L = Layout<P...>;
  const StepScalars<P...> scalars{policies};
  auto clock = scalars.start();
  clock[0] = detail::very_many;
  scalars.template for_each<L::remembering>([&]<class Policy>(const Policy& policy, auto i) {
    if constexpr (HasBases<Policy>) {
      const auto base = policy.bases();
      for (std::size_t k = 0; k < base.size(); ++k) clock[1 + L::number[i] + k] = detail::late_power(base[k]);
    }
  });
  Norm norms[L::norms + 1];
  for (Norm& one : norms) one.rest = norm;
  const double sums[L::sums + 1]{};
  const typename StepScalars<P...>::Time late{clock.data(), clock.data()};
  return scalars.at(late, late, {norms, sums, sums});
}

/// What the parameter and the slots (in this order) become in a step on a quadratic of a curvature, whose gradient
/// uphill is -curvature p.
template <class... P>
constexpr auto next_on_quadratic(const std::array<double, Layout<P...>::scalars + 1>& scalar, double curvature) {
  constexpr auto& traced = trace_of<P...>;
  constexpr std::size_t slots = Layout<P...>::slots, variables = 1 + slots;
  using Number = Affine<variables>;
  Number stream[2 + slots + Layout<P...>::draws]{Number::variable(0), Number::variable(0, -curvature)};
  for (std::size_t s = 0; s != slots; ++s) stream[2 + s] = Number::variable(1 + s);
  Number node[traced.graph.size];
  affine_nodes(traced.graph, stream, scalar.data(), node);
  std::array<Number, variables> next{node[traced.parameter]};
  for (std::size_t s = 0; s != slots; ++s) next[1 + s] = node[traced.slot[s]];
  return next;
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
    const double factor = growth(next_on_quadratic<P...>(late_scalars(policies), 0));
    if (factor > 1 + 1e-9) detail::refuse_growth(factor);
  }
}

}  // namespace gradus
