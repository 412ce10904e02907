// SPDX-License-Identifier: MIT
// The plain fused loop. Built twice: as rival::plain, and with -fno-math-errno as rival::plain_no_errno.
#include "rivals.hpp"

#include <algorithm>
#include <cmath>

#ifndef RIVAL_NAME
#define RIVAL_NAME plain
#endif

namespace rival::RIVAL_NAME {

namespace {

void adam_scaled(Optimizer& o, float scale) {
  o.factor_power = Optimizer::next_power(o.factor_power, o.factor);
  o.beta_power = Optimizer::next_power(o.beta_power, o.beta);
  const auto factor = static_cast<float>(o.factor), gain = static_cast<float>(1 - o.factor);
  const auto beta = static_cast<float>(o.beta), beta_gain = static_cast<float>(1 - o.beta);
  const auto rate = static_cast<float>(o.rate / (1 - o.factor_power));
  const auto correction = static_cast<float>(1 / std::sqrt(1 - o.beta_power));
  const auto epsilon = static_cast<float>(o.epsilon);
  float* __restrict p = o.parameter;
  float* __restrict v = o.velocity;
  float* __restrict s = o.second;
  const float* __restrict gradient = o.gradient;
  for (std::size_t i = 0; i < o.size; ++i) {
    const float g = scale * gradient[i];
    v[i] = factor * v[i] + gain * g;
    s[i] = beta * s[i] + beta_gain * g * g;
    p[i] += rate * v[i] / (std::sqrt(s[i]) * correction + epsilon);
  }
}

}  // namespace

void momentum(Optimizer& o) {
  const auto factor = static_cast<float>(o.factor), rate = static_cast<float>(o.rate);
  float* __restrict p = o.parameter;
  float* __restrict v = o.velocity;
  const float* __restrict g = o.gradient;
  for (std::size_t i = 0; i < o.size; ++i) {
    v[i] = factor * v[i] + g[i];
    p[i] += rate * v[i];
  }
}

void adam(Optimizer& o) { adam_scaled(o, 1); }

void adam_clip_norm(Optimizer& o) {
  double sum = 0;
  for (std::size_t i = 0; i < o.size; ++i) sum += static_cast<double>(o.gradient[i]) * o.gradient[i];
  adam_scaled(o, static_cast<float>(std::min(1.0, o.largest_norm / std::sqrt(sum))));
}

void chain(Optimizer& o) {
  const auto clip = static_cast<float>(o.clip), factor = static_cast<float>(o.factor);
  const auto beta = static_cast<float>(o.beta), beta_gain = static_cast<float>(1 - o.beta);
  const auto epsilon = static_cast<float>(o.epsilon), rate = static_cast<float>(o.next_rate());
  float* __restrict p = o.parameter;
  float* __restrict v = o.velocity;
  float* __restrict s = o.second;
  const float* __restrict gradient = o.gradient;
  for (std::size_t i = 0; i < o.size; ++i) {
    const float g = std::max(std::min(gradient[i], clip), -clip);
    v[i] = factor * v[i] + g;
    s[i] = beta * s[i] + beta_gain * g * g;
    p[i] += rate * (g + factor * v[i]) / (std::sqrt(s[i]) + epsilon);
  }
}

}  // namespace rival::RIVAL_NAME
