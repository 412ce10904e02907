// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/affine.hpp>
#include <gradus/compose/clock.hpp>
#include <gradus/compose/trace.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <vector>

namespace gradus {

/// The scalars of a composition after very many steps, where every norm is `norm` and every sum 0.
template <class... P>
auto late_scalars(const std::tuple<P...>& policies, double norm = 0) {
  using L = Layout<P...>;
  const StepScalars<P...> scalars{policies};
  auto clock = scalars.start();
  clock[0] = 0x1p52;
  scalars.template for_each<L::remembering>([&]<class Policy>(const Policy& policy, auto i) {
    if constexpr (HasBases<Policy>) {
      const auto base = policy.bases();
      for (std::size_t k = 0; k < base.size(); ++k) clock[1 + L::number[i] + k] = std::pow(base[k], clock[0]);
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
std::vector<Affine> next_on_quadratic(const std::array<double, Layout<P...>::scalars + 1>& scalar, double curvature) {
  constexpr auto& traced = trace_of<P...>;
  constexpr std::size_t slots = Layout<P...>::slots, variables = 1 + slots;
  std::vector<Affine> stream{Affine::variable(variables, 0), Affine::variable(variables, 0, -curvature)};
  for (std::size_t s = 0; s != slots; ++s) stream.push_back(Affine::variable(variables, 1 + s));
  stream.resize(stream.size() + Layout<P...>::draws, Affine::number(variables, 0));
  const std::vector<Affine> node = affine_nodes(traced.graph, stream, scalar.data());
  std::vector<Affine> next{node[static_cast<std::size_t>(traced.parameter)]};
  for (std::size_t s = 0; s != slots; ++s) next.push_back(node[static_cast<std::size_t>(traced.slot[s])]);
  return next;
}

/// Refuses policies that multiply what they keep, or the parameter, by more than 1 in a step without a gradient.
template <class... P>
void check_growth(const std::tuple<P...>& policies) {
  if constexpr (!(grows_of<P> || ...)) {
    const double factor = growth(next_on_quadratic<P...>(late_scalars(policies), 0));
    if (factor > 1 + 1e-9)
      refuse("this composition grows by " + text(std::round(factor * 1e9) / 1e9) +
             " a step where the gradient is 0; feed less back, or let a policy say `static constexpr bool grows = "
             "true` if it is meant to");
  }
}

}  // namespace gradus
