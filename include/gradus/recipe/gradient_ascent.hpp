// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/log.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/recipe/parts.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/warmup.hpp>

#include <cstdint>
#include <limits>

namespace gradus::recipe {

/// The parameters of the Python package `gradient-ascent`, by its names and with its defaults; 0 switches a feature
/// off.
struct GradientAscent {
  double lr = 0.01;
  double momentum = 0.9;
  double beta = 0.999;
  double eps = 1e-8;
  bool nesterov = false;
  double clip_value = 0;
  double lr_decay = 0;
  std::int64_t warmup_steps = 0;
  std::int64_t logging_interval = 10;
};

namespace detail {

// A feature at 0 is off even where the type has it: its number becomes the one that changes nothing. `With` is there
// for the same reason as in `compose`.
template <GradientAscent With>
constexpr auto off_changes_nothing(GradientAscent values) {
  if (values.clip_value == 0) values.clip_value = std::numeric_limits<double>::infinity();
  if (values.lr_decay == 0) values.lr_decay = 1;
  if (values.logging_interval == 0) values.logging_interval = std::numeric_limits<std::int64_t>::max();
  return values;
}

}  // namespace detail

/// Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup, Decay, Log: the chain that `gradient-ascent` documents.
/// `With` says which features are in the type; `values` are their values at run time, `With`'s own by default.
///
///     auto optimizer = gradus::recipe::gradient_ascent<{.nesterov = true, .clip_value = 1}>();
///
/// It differs from that package where the package departs from its documentation: clipping clips, Nesterov's look-ahead
/// is taken once, and the rate decays once per step.
/// Errors  `Refused` for values out of range, and for a feature in `values` that is not in the type.
template <GradientAscent With = GradientAscent{}>
constexpr auto gradient_ascent(const GradientAscent& values = With) {
  check_switches<With, &GradientAscent::momentum, &GradientAscent::nesterov, &GradientAscent::clip_value,
                 &GradientAscent::lr_decay, &GradientAscent::warmup_steps, &GradientAscent::logging_interval>(
      "gradient_ascent", {"momentum", "nesterov", "clip_value", "lr_decay", "warmup_steps", "logging_interval"},
      values);
  const auto on = detail::off_changes_nothing<With>(values);
  return compose<With>(
      part_if<(With.clip_value != 0)>(Clip{on.clip_value}), part_if<(With.momentum != 0)>(Momentum{on.momentum}),
      part_if<With.nesterov>(Nesterov{}), Adaptive{on.beta, on.eps}, LearningRate{on.lr},
      part_if<(With.warmup_steps != 0)>(Warmup{on.warmup_steps}), part_if<(With.lr_decay != 0)>(Decay{on.lr_decay}),
      part_if<(With.logging_interval != 0)>(Log{on.logging_interval}));
}

}  // namespace gradus::recipe
