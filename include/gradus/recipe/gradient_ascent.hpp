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
  check_switch<With, &GradientAscent::momentum>("gradient_ascent", "momentum", values);
  check_switch<With, &GradientAscent::nesterov>("gradient_ascent", "nesterov", values);
  check_switch<With, &GradientAscent::clip_value>("gradient_ascent", "clip_value", values);
  check_switch<With, &GradientAscent::lr_decay>("gradient_ascent", "lr_decay", values);
  check_switch<With, &GradientAscent::warmup_steps>("gradient_ascent", "warmup_steps", values);
  check_switch<With, &GradientAscent::logging_interval>("gradient_ascent", "logging_interval", values);
  // What is 0 is off, also where the type has it.
  const auto or_else = [](auto value, auto off) { return value != 0 ? value : off; };
  return compose<With>(
      part_if<(With.clip_value != 0)>(Clip{or_else(values.clip_value, std::numeric_limits<double>::infinity())}),
      part_if<(With.momentum != 0)>(Momentum{values.momentum}), part_if<With.nesterov>(Nesterov{}),
      Adaptive{values.beta, values.eps}, LearningRate{values.lr},
      part_if<(With.warmup_steps != 0)>(Warmup{values.warmup_steps}),
      part_if<(With.lr_decay != 0)>(Decay{or_else(values.lr_decay, 1.0)}),
      part_if<(With.logging_interval != 0)>(
          Log{or_else(values.logging_interval, std::numeric_limits<std::int64_t>::max())}));
}

}  // namespace gradus::recipe
