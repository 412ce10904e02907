// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/policy.hpp>

#include <array>
#include <cmath>
#include <cstdint>

// What the seed computes and the library does not, because it departs from what the seed documents: written as a user
// writes policies, outside the library.
namespace oracle {

/// The seed's momentum with `nesterov`: the look-ahead enters the velocity, so that it counts twice, and the moments.
///
///     g <- g + factor v,   v <- factor v + g,   u <- v
struct SeedNesterov {
  double factor = 0.9;

  static constexpr bool grows = true;  // by 2 factor a step
  static constexpr gradus::Slot slots[]{{"velocity"}};
  static constexpr gradus::Name scalars[]{"factor"};
  std::array<double, 1> at(const gradus::Step&) const { return {factor}; }

  static constexpr void apply(gradus::Record& r, gradus::Lane& velocity, gradus::Lane factor) {
    r.gradient = r.gradient + factor * velocity;
    velocity = factor * velocity + r.gradient;
    r.update = velocity;
  }
};

/// `Adaptive` with the gradient squared first, so that it overflows as early as the seed's.
struct SquareFirst {
  double beta = 0.999, epsilon = 1e-8;

  static constexpr gradus::Slot slots[]{{"second"}};
  static constexpr gradus::Name scalars[]{"beta", "1 - beta", "epsilon"};
  std::array<double, 3> at(const gradus::Step&) const { return {beta, 1 - beta, epsilon}; }

  static constexpr void apply(gradus::Record& r, gradus::Lane& second, gradus::Lane beta, gradus::Lane gain,
                              gradus::Lane epsilon) {
    second = beta * second + gain * (r.gradient * r.gradient);
    r.update = r.update / (sqrt(second) + epsilon);
  }
};

/// The seed's rate: it decays with every tensor stepped, while warm-up counts steps. The caller counts both.
struct SeedRate {
  double rate = 0.01, decay = 1;
  std::int64_t warmup_steps = 0;
  std::int64_t step = 0, tensors_stepped = 0;

  static constexpr gradus::Name factor_name = "seed rate";
  double rate_at(const gradus::Step&) const {
    const double warmth = step < warmup_steps ? static_cast<double>(step) / static_cast<double>(warmup_steps) : 1;
    return rate * std::pow(decay, static_cast<double>(tensors_stepped)) * warmth;
  }
};

}  // namespace oracle
