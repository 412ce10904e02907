// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/aggregated_momentum.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AggMo, by the paper's names. The paper has no default for the rate.
struct AggMo {
  double lr = 0.1;
  std::array<double, 3> betas{0, 0.9, 0.99};
};

/// AggMo (Lucas et al., 2019) with three velocities; `AggregatedMomentum<K>` takes any number up to 8.
///
///     v_k <- beta_k v_k + g,   u <- lr (v_1 + v_2 + v_3) / 3
template <AggMo With = AggMo{}>
constexpr auto aggmo(const AggMo& values = With) {
  return compose<With>(AggregatedMomentum<3>{values.betas}, LearningRate{values.lr});
}

}  // namespace gradus::recipe
