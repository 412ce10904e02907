// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf_info.hpp>

#include <cstdint>

namespace gradus {

/// Where a run is when a step's scalars are computed. Steps count from 1.
struct Step {
  std::int64_t count = 1;  ///< steps of the run, this one included
  std::int64_t leaf = 1;   ///< steps in which this leaf had a gradient, this one included

  /// The rate in force: the product of the factors in front of the policy; of all factors, if it acts behind apply.
  double rate = 1;

  const LeafInfo* of = &no_leaf;  ///< the leaf of these scalars, if some depend on the leaf

  double value = 0;   ///< the objective's value at the parameters, for policies that ask for it; NaN if none was given
  bool down = false;  ///< whether the step goes downhill
  /// A value of the objective, negated if the step goes downhill.
  constexpr double uphill(double x) const { return down ? -x : x; }

  const double* before = nullptr;  ///< products of the policy's `bases` over the steps before, then what it kept
  const double* now = nullptr;     ///< the same, this step included: base^t, ...
};

/// Where a run stands before a step: all that a hyper-parameter may follow.
struct Instant {
  std::int64_t step = 1;        ///< the one to come
  const double* run = nullptr;  ///< the run's clock before it; null where there is none yet
  double value = 0;             ///< the objective's value
  bool down = false;
};

/// The norm of what a policy receives, over all leaves: `scale * rest`, two factors so that no finite input overflows
/// or vanishes.
struct Norm {
  double scale = 1;
  double rest = 0;

  constexpr double value() const { return scale == 1 ? rest : scale * rest; }  // the same, faster if scale is 1
};

}  // namespace gradus
