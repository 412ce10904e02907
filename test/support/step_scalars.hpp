// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/clock.hpp>

#include <tuple>

namespace support {

/// The scalars of step `t`, counted from 1, of a leaf that had a gradient in every step; every norm that a policy asks
/// for is `norm`.
template <class... P>
constexpr auto scalars_at(const std::tuple<P...>& policies, int t, gradus::Norm norm = {}) {
  using Scalars = gradus::StepScalars<P...>;
  const Scalars scalars{policies};
  typename Scalars::Clock run{}, leaf{};
  run.fill(1), run[0] = 0, leaf = run;
  const auto next_run = [&] { return scalars.template next<Scalars::Of::run>(run.data()); };
  const auto next_leaf = [&] { return scalars.template next<Scalars::Of::leaf>(leaf.data()); };
  for (int step = 1; step < t; ++step) run = next_run(), leaf = next_leaf();
  const auto run_now = next_run(), leaf_now = next_leaf();
  gradus::Norm norms[sizeof...(P) + 1]{};
  for (gradus::Norm& one : norms) one = norm;
  return scalars.at({run.data(), run_now.data()}, {leaf.data(), leaf_now.data()}, norms);
}

}  // namespace support
