// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/largest_square.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/mean_square.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/recipe/parts.hpp>

namespace gradus::recipe {

/// The parameters of Padam, by ensmallen's names; the rate and the power are the paper's.
struct Padam {
  double lr = 0.1;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double partial = 0.125;  ///< the power of the largest s to divide by; AMSGrad's is 1/2
};

namespace detail {

// Repeated roots where the power is 1 / 2^roots: several times as fast as a power.
template <Padam With, int Roots = 1>
constexpr auto divide_by_power(double epsilon) {
  if constexpr (With.partial == 1.0 / (1 << Roots)) return DivideByRoots<Roots>{epsilon};
  else if constexpr (Roots == 8) return DivideByPower{With.partial, epsilon};
  else return divide_by_power<With, Roots + 1>(epsilon);
}

}  // namespace detail

/// Padam (Chen et al., 2018): AMSGrad with a smaller power than the root. No moment is corrected, as in the paper.
///
///     m <- beta1 m + (1 - beta1) g,   s <- beta2 s + (1 - beta2) g^2
///     u <- lr m / (max over steps of s + eps)^partial
template <Padam With = Padam{}>
constexpr auto padam(const Padam& values = With) {
  check_same<With, &Padam::partial>("padam", "partial", values);
  return compose<With>(AveragedMomentum{values.beta1}, MeanSquare{values.beta2}, LargestSquare{},
                       detail::divide_by_power<With>(values.eps), LearningRate{values.lr});
}

}  // namespace gradus::recipe
