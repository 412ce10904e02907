// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/gradus.hpp>

#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "expectation.hpp"
#include "learned.hpp"

namespace vowels {

/// The likelihood of a text as a function of the logits, with its gradient, as gradus climbs it.
struct Likelihood {
  std::span<const std::uint8_t> text;

  double operator()(const Tables& logits, Tables& slope) const {
    const Tables model = softmax(logits);
    const auto [counts, log_likelihood] = expectation(model, text);
    slope = gradient(counts, model);
    return log_likelihood;
  }
};

/// The chain that climbs. The divisor's memory is short: it has forgotten the steep slopes of the start when the small
/// ones that part the states decide. The rate ends at a tenth of what it was.
inline auto climber(std::int64_t steps) {
  return gradus::Optimizer{gradus::Clip{.value = 1},
                           gradus::Momentum{.factor = 0.9},
                           gradus::Nesterov{},
                           gradus::Adaptive{.beta = 0.95, .epsilon = 1e-8},
                           gradus::LearningRate{.rate = 0.02},
                           gradus::Warmup{.steps = 50},
                           gradus::Decay{.factor = std::pow(0.1, 1 / static_cast<double>(steps))}};
}

/// Learns by gradient ascent; `watch` is called with a gradus::Progress at every point.
template <class Watch>
Learned gradient_ascent(Tables logits, std::span<const std::uint8_t> text, std::int64_t steps, Watch watch) {
  Curve curve;
  const auto callback = [&](const gradus::Progress& progress) {
    curve.push_back(progress.value);
    watch(progress);
    return false;
  };
  gradus::maximize(Likelihood{text}, logits, climber(steps), {.steps = steps, .callback = callback});
  return {softmax(logits), std::move(curve)};
}

}  // namespace vowels
