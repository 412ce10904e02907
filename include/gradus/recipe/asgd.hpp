// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/average.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/inverse_time.hpp>

#include <cstdint>

namespace gradus::recipe {

/// The parameters of averaged SGD, by PyTorch's names and with its defaults.
struct Asgd {
  double lr = 0.01;
  double lambd = 1e-4;  ///< a weight decay that lowers the rate as well
  double alpha = 0.75;  ///< how fast the rate falls
  std::int64_t t0 = 1'000'000;
  double weight_decay = 0;
};

/// Averaged SGD (Polyak and Juditsky, 1992) as PyTorch computes it: the slot `average` is the mean of the parameters
/// from step t0 + 2 on.
///
///     rate = lr / (1 + lambd lr (t - 1))^alpha,   u <- rate (g - (weight_decay + lambd) p)
template <Asgd With = Asgd{}>
constexpr auto asgd(const Asgd& values = With) {
  return compose<With>(WeightDecay{values.weight_decay + values.lambd}, LearningRate{values.lr},
                       InverseTime{values.lambd * values.lr, values.alpha}, TailAverage{values.t0});
}

}  // namespace gradus::recipe
