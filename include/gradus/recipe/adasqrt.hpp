// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/sum_of_squares.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/follow.hpp>
#include <gradus/schedule/power.hpp>

namespace gradus::recipe {

/// The parameters of AdaSqrt, by the names of ensmallen.
struct AdaSqrt {
  double lr = 0.01;
  double eps = 1e-8;
};

/// AdaSqrt (Hu, Zhang and Li, 2017): AdaGrad without the root, with a rate that grows instead.
///
///     s <- s + g^2,   u <- lr sqrt(t) g / (s + eps)
template <AdaSqrt With = AdaSqrt{}>
constexpr auto adasqrt(const AdaSqrt& values = With) {
  return compose<With>(SumOfSquares{}, DivideBySquare{values.eps},
                       follow<&LearningRate::rate>(Power{.factor = values.lr, .exponent = 0.5}));
}

}  // namespace gradus::recipe
