// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/bounded_rate.hpp>
#include <gradus/policy/largest_square.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of AdaBound, by the names and with the defaults of its authors' code.
struct AdaBound {
  double lr = 1e-3;       ///< at first
  double final_lr = 0.1;  ///< in the end
  double beta1 = 0.9;
  double beta2 = 0.999;
  double gamma = 1e-3;  ///< how fast the bounds close in
  double eps = 1e-8;
  bool amsbound = false;  ///< divides by the largest second moment so far
};

/// AdaBound (Luo et al., 2019): from Adam to momentum; `BoundedRate` has the formula. `With` says which features are in
/// the type.
template <AdaBound With = AdaBound{}>
constexpr auto adabound(const AdaBound& values = With) {
  check_switch<With, &AdaBound::amsbound>("adabound", "amsbound", values);
  return compose<With>(AveragedMomentum{values.beta1}, MeanSquare{values.beta2},
                       part_if<With.amsbound>(LargestSquare{}),
                       BoundedRate{values.lr, values.final_lr, values.gamma, values.beta1, values.beta2, values.eps});
}

}  // namespace gradus::recipe
