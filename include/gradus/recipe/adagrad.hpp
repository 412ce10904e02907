// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/divide_by_root.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/sum_of_squares.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/inverse_time.hpp>

namespace gradus::recipe {

/// The parameters of AdaGrad, by PyTorch's names and with its defaults; 0 switches a feature off.
struct AdaGrad {
  double lr = 0.01;
  double lr_decay = 0;
  double weight_decay = 0;  ///< coupled
  double initial_accumulator_value = 0;
  double eps = 1e-10;
};

/// AdaGrad (Duchi, Hazan and Singer, 2011) as PyTorch computes it; `With` says which features are in the type.
///
///     s <- s + g^2,   u <- lr / (1 + lr_decay (t - 1)) g / (sqrt(s) + eps)
template <AdaGrad With = AdaGrad{}>
constexpr auto adagrad(const AdaGrad& values = With) {
  check_switches<With, &AdaGrad::lr_decay, &AdaGrad::weight_decay>("adagrad", {"lr_decay", "weight_decay"}, values);
  return compose<With>(part_if<(With.weight_decay != 0)>(WeightDecay{values.weight_decay}),
                       SumOfSquares{values.initial_accumulator_value}, DivideByRoot{values.eps},
                       LearningRate{values.lr}, part_if<(With.lr_decay != 0)>(InverseTime{values.lr_decay}));
}

}  // namespace gradus::recipe
