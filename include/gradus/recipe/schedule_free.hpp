// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/schedule_free.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/warmup.hpp>

#include <cstdint>

namespace gradus::recipe {

/// The parameters of Schedule-Free SGD, by optax's names and with its defaults.
struct ScheduleFreeSgd {
  double learning_rate = 1;
  double b1 = 0.9;
  double weight_decay = 0;
  double weight_lr_power = 2;
  std::int64_t warmup_steps = 0;
};

/// Schedule-Free SGD (Defazio et al., 2024): no schedule to choose; `averages` returns what to evaluate.
///
///     u <- learning_rate min(1, t / warmup_steps) (g - weight_decay p), then `ScheduleFree`
template <ScheduleFreeSgd With = ScheduleFreeSgd{}>
constexpr auto schedule_free_sgd(const ScheduleFreeSgd& values = With) {
  return compose<With>(WeightDecay{values.weight_decay}, Warmup{values.warmup_steps},
                       LearningRate{values.learning_rate}, ScheduleFree{values.b1, values.weight_lr_power});
}

/// The parameters of Schedule-Free AdamW, by optax's names and with its defaults.
struct ScheduleFreeAdamW {
  double learning_rate = 0.0025;
  double b1 = 0.9;
  double b2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  double weight_lr_power = 2;
  std::int64_t warmup_steps = 0;
};

/// Schedule-Free AdamW (Defazio et al., 2024): AdamW without momentum in front of `ScheduleFree`.
///
///     s <- b2 s + (1 - b2) g^2
///     u <- learning_rate min(1, t / warmup_steps) (g / (sqrt(s / (1 - b2^t)) + eps) - weight_decay p)
template <ScheduleFreeAdamW With = ScheduleFreeAdamW{}>
constexpr auto schedule_free_adamw(const ScheduleFreeAdamW& values = With) {
  return compose<With>(CorrectedAdaptive{values.b2, values.eps}, WeightDecay{values.weight_decay},
                       Warmup{values.warmup_steps}, LearningRate{values.learning_rate},
                       ScheduleFree{values.b1, values.weight_lr_power});
}

}  // namespace gradus::recipe
