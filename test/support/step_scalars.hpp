// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/plan/clock.hpp>

namespace support {

/// The scalars of step `t`, counted from 1, of a leaf that had a gradient in every step; every norm that a policy asks
/// for is `norm`.
template <class... P>
constexpr auto scalars_at(const gradus::detail::Pack<P...>& policies, int t, gradus::Norm norm = {}, double sum = 1) {
  using Scalars = gradus::detail::StepScalars<P...>;
  const Scalars scalars{policies};
  gradus::Norm norms[sizeof...(P) + 1]{};
  for (gradus::Norm& one : norms) one = norm;
  double sums[Scalars::L::sums + 1]{};
  for (double& one : sums) one = sum;
  const gradus::detail::Measured measured{norms, sums, sums};
  auto run = scalars.start(), leaf = run, run_now = run, leaf_now = run;
  for (int step = 1; step <= t; ++step) {
    run = run_now, leaf = leaf_now;
    run_now = scalars.next_run(run.data(), measured);
    leaf_now = scalars.next_leaf({run.data(), run_now.data()}, leaf.data(), measured);
  }
  return scalars.at({run.data(), run_now.data()}, {leaf.data(), leaf_now.data()}, measured);
}

}  // namespace support
